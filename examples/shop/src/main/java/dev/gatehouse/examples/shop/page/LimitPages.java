// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.ratelimit.LimitStatus;
import dev.gatehouse.ratelimit.RateLimits;
import dev.gatehouse.ratelimit.higher.Asked;
import dev.gatehouse.ratelimit.higher.HigherLimits;
import dev.gatehouse.ratelimit.higher.LimitGrant;
import dev.gatehouse.ratelimit.higher.LimitRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an account may still do, and asking for more by hand. */
final class LimitPages {

    private static final String PAGE = "/account/limits";
    private static final String TITLE = "Your limits";

    private static final int LOOKED_THROUGH = 1_000;

    private final RateLimits limits;
    private final HigherLimits higher;
    private final Pages pages;

    LimitPages(RateLimits limits, HigherLimits higher, Pages pages) {
        this.limits = limits;
        this.higher = higher;
        this.pages = pages;
    }

    Answer limits(Call call) {
        return page(200, call, form("", ""));
    }

    private Answer page(int status, Call call, FormView form) {
        List<Map<String, Object>> rows =
                limits.statusOf(call.account()).stream().map(LimitPages::row).toList();
        List<Map<String, Object>> grants =
                higher.grants(call.account()).stream().map(LimitPages::row).toList();
        List<Map<String, Object>> mine = higher.requests(LOOKED_THROUGH).stream()
                .filter(request -> request.account().equals(call.account()))
                .map(LimitPages::row)
                .toList();
        form.with("asked", mine).with("hasAsked", !mine.isEmpty());
        form.with("limits", rows).with("grants", grants).with("hasGrants", !grants.isEmpty());
        return pages.page(status, call.exchange(), "limits", TITLE, form.values());
    }

    private static FormView form(String wanted, String reason) {
        return FormView.to(PAGE, "Ask for more")
                .field(Field.number("wanted", "Units that you need", 1, 1_000_000_000)
                        .value(wanted))
                .field(Field.text("reason", "What you need them for")
                        .with("autocomplete", "off")
                        .with("maxlength", 500)
                        .value(reason));
    }

    private static Map<String, Object> row(LimitStatus status) {
        return Map.of(
                "name", status.name(),
                "limit", status.limit(),
                "window", status.windowSeconds(),
                "remaining", status.remaining(),
                "reset", status.resetSeconds());
    }

    private static Map<String, Object> row(LimitGrant grant) {
        return Map.of("limit", grant.limit(), "permits", grant.permits(), "until", When.of(grant.until()));
    }

    private static Map<String, Object> row(LimitRequest request) {
        return Map.of(
                "limit", request.limit(),
                "wanted", request.wanted(),
                "askedAt", When.of(request.askedAt()),
                "status", request.status().name().toLowerCase(Locale.ROOT));
    }

    Answer ask(Call call) throws IOException {
        Call.Form form = call.form();
        String wanted = form.field("wanted").orElse("");
        String reason = form.field("reason").orElse("");
        FormView again = form(wanted, reason);
        if (!wanted.matches("[0-9]{1,10}")) {
            return page(422, call, again.error("wanted", "Type a whole number."));
        }
        String limit = limits.statusOf(call.account()).get(0).name();
        Asked asked = higher.request(call.account(), limit, Long.parseLong(wanted), reason);
        if (asked instanceof Asked.Filed) {
            return Answer.seeOther(Notices.at(PAGE, "limit-asked"));
        }
        if (asked instanceof Asked.Invalid invalid) {
            return page(422, call, again.error(invalid.field(), "This " + invalid.rule() + "."));
        }
        return page(409, call, again.problem("An earlier request of yours waits for its answer."));
    }
}
