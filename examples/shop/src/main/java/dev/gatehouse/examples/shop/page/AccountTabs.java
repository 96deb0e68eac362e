// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import java.util.List;
import java.util.Map;

/** The navigation between the pages of an account. */
final class AccountTabs {

    private static final List<Tab> TABS = List.of(
            new Tab("/account", "Overview"),
            new Tab("/account/password", "Password"),
            new Tab("/account/email", "E-mail"),
            new Tab("/account/factor", "Second factor"),
            new Tab("/account/devices", "Devices"),
            new Tab("/account/keys", "API keys"),
            new Tab("/account/limits", "Limits"));

    private AccountTabs() {}

    /** The tabs of this page; none of a page that is not the account's. */
    static List<Map<String, Object>> of(String path) {
        return path.startsWith("/account")
                ? TABS.stream().map(tab -> tab.model(path)).toList()
                : List.of();
    }

    private record Tab(String href, String text) {

        Map<String, Object> model(String path) {
            boolean current = href.equals("/account") ? path.equals(href) : path.startsWith(href);
            return Map.of("href", href, "text", text, "current", current);
        }
    }
}
