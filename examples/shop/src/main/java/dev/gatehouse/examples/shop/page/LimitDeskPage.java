// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.ratelimit.higher.LimitRequest;
import dev.gatehouse.ratelimit.higher.Ruled;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The desk where operators answer customers who ask for higher limits. */
public final class LimitDeskPage {

    private static final String PAGE = "/ops/limits/requests";

    private final Function<String, String> names;
    private final Pages pages;

    /** Customers are called as {@code names} calls the account of an ID. */
    public LimitDeskPage(Function<String, String> names, Pages pages) {
        this.names = names;
        this.pages = pages;
    }

    /**
     * What an operator decided.
     *
     * @param grant whether it is granted
     * @param granted units of a full bucket
     * @param days for how long
     * @param remark why
     */
    public record Decision(boolean grant, long granted, long days, String remark) {}

    /** The page of these requests. */
    public Answer of(Call call, List<LimitRequest> requests) {
        List<Map<String, Object>> rows = requests.stream().map(this::row).toList();
        return pages.page(call.exchange(), "limit-desk", "Requests for higher limits", Map.of("requests", rows));
    }

    private Map<String, Object> row(LimitRequest request) {
        boolean pending = request.status() == LimitRequest.Status.PENDING;
        List<Map<String, Object>> fields = List.of(
                Field.number("granted", "Units", 1, 1_000_000_000)
                        .id(request.id())
                        .value(Long.toString(request.wanted()))
                        .model(),
                Field.number("days", "Days", 1, 366)
                        .id(request.id())
                        .value("30")
                        .model(),
                Field.text("remark", "Why")
                        .with("autocomplete", "off")
                        .with("maxlength", 500)
                        .id(request.id())
                        .optional()
                        .model());
        return Map.of(
                "id", request.id(),
                "who", names.apply(request.account()),
                "limit", request.limit(),
                "wanted", request.wanted(),
                "reason", request.reason(),
                "askedAt", When.of(request.askedAt()),
                "status", request.status().name().toLowerCase(Locale.ROOT),
                "pending", pending,
                "fields", fields);
    }

    /** The decision that a form says. */
    public Decision decision(Call.Form form) {
        boolean grant = form.field("decision").filter("grant"::equals).isPresent();
        return new Decision(
                grant,
                number(form, "granted"),
                number(form, "days"),
                form.field("remark").orElse(""));
    }

    private static long number(Call.Form form, String field) {
        return form.field(field)
                .filter(text -> text.matches("[0-9]{1,10}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    /** What is shown after a decision. */
    public Answer decided(Call call, Ruled ruled) {
        if (ruled instanceof Ruled.Done) {
            return Answer.seeOther(Notices.at(PAGE, "limit-answered"));
        }
        String text = "As many grants hold as may, or there is no such request.";
        if (ruled instanceof Ruled.Invalid invalid) {
            text = "The field '" + invalid.field() + "' " + invalid.rule() + ".";
        } else if (ruled instanceof Ruled.AlreadyAnswered) {
            text = "Somebody answered this request before; that answer stands.";
        }
        int status = ruled instanceof Ruled.Invalid ? 422 : 409;
        return pages.message(
                status, call.exchange(), "That did not work", text, new Pages.Onward(PAGE, "All requests"));
    }
}
