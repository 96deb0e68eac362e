// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import java.util.Map;

/** The account at a glance. */
final class AccountPages {

    private final Pages pages;

    AccountPages(Pages pages) {
        this.pages = pages;
    }

    Answer account(Call call) {
        Session session = call.session();
        Map<String, Object> values = Map.of(
                "roles",
                session.roles().isEmpty() ? "none" : String.join(", ", session.roles()),
                "expiresAt",
                When.of(session.expiresAt()),
                "hasFactor",
                session.factors().contains(FactorKind.TOTP),
                "factorUsed",
                session.factorUsed(),
                "withheld",
                !session.withheld().isEmpty());
        return pages.page(call.exchange(), "account", "Your account", values);
    }
}
