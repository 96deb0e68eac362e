// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.http.Exchange;
import dev.gatehouse.resilience.feature.Features;
import dev.gatehouse.resilience.feature.Notice;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a page says of the feature it is about, when that is not as it should be. */
record FeatureNotices(Features features) {

    private static final Map<String, String> CONCERNS = Map.of(
            "/", "checkout",
            "/orders", "checkout",
            "/register", "mail",
            "/verify/again", "mail",
            "/reset-request", "mail",
            "/unlock-request", "mail",
            "/account/email", "mail");

    List<String> on(Exchange exchange) {
        String feature = CONCERNS.get(exchange.route().template());
        return feature == null
                ? List.of()
                : features.notice(feature, Locale.ENGLISH).map(Notice::sentence).stream()
                        .toList();
    }
}
