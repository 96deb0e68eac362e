// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.examples.shop.page.LimitDeskPage;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Problem;
import dev.gatehouse.http.Problems;
import dev.gatehouse.json.JsonFields;
import dev.gatehouse.json.JsonWriter;
import dev.gatehouse.ratelimit.higher.HigherLimits;
import dev.gatehouse.ratelimit.higher.LimitRequest;
import dev.gatehouse.ratelimit.higher.Ruled;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** Where operators answer customers who ask for higher limits. */
public final class LimitDeskHandlers {

    private static final int LISTED = 200;

    private final HigherLimits higher;
    private final LimitDeskPage page;

    /** Answers requests of {@code higher}; people do it on {@code page}. */
    public LimitDeskHandlers(HigherLimits higher, LimitDeskPage page) {
        this.higher = higher;
        this.page = page;
    }

    /** GET /ops/limits/requests. */
    public Answer list(Call call) {
        if (call.wantsHtml()) {
            return page.of(call, higher.requests(LISTED));
        }
        JsonWriter json = new JsonWriter().beginArray();
        higher.requests(LISTED).forEach(request -> write(json, request));
        return Answer.json(200, json.endArray());
    }

    /** POST /ops/limits/requests/{id}. */
    public Answer decide(Call call) throws IOException {
        if (call.isForm()) {
            return page.decided(call, rule(call, page.decision(call.form())));
        }
        Ruled ruled = rule(call, call.json(LimitDeskHandlers::decision));
        if (ruled instanceof Ruled.Done done) {
            JsonWriter json = new JsonWriter();
            write(json, done.request());
            return Answer.json(200, json);
        }
        throw refusal(ruled);
    }

    private static LimitDeskPage.Decision decision(JsonFields body) {
        String word = body.text("decision", 1, 10);
        boolean grant = word.equals("grant");
        if (!grant && !word.equals("refuse")) {
            body.refuse("decision", "must be grant or refuse");
        }
        long granted = grant ? body.integer("granted", 1, Long.MAX_VALUE) : 0;
        long days = grant ? body.integer("days", 1, 366) : 0;
        return new LimitDeskPage.Decision(
                grant, granted, days, body.optionalText("remark", 0, 500).orElse(""));
    }

    private Ruled rule(Call call, LimitDeskPage.Decision decision) {
        String id = call.exchange().pathVariable("id");
        Actor actor = Actor.account(call.account());
        return decision.grant()
                ? higher.grant(id, decision.granted(), Duration.ofDays(decision.days()), actor, decision.remark())
                : higher.refuse(id, actor, decision.remark());
    }

    private static Refusal refusal(Ruled ruled) {
        if (ruled instanceof Ruled.Invalid invalid) {
            return Refusal.of(invalid.field(), invalid.rule());
        }
        if (ruled instanceof Ruled.AlreadyAnswered) {
            return Refusal.of(409, "Answered already", "Somebody answered this request before; that answer stands.");
        }
        return ruled instanceof Ruled.Unknown
                ? new Refusal(Problems.notFound())
                : new Refusal(Problem.of(503, "Too many grants", "As many grants hold as may."));
    }

    private static void write(JsonWriter json, LimitRequest request) {
        json.beginObject()
                .field("id", request.id())
                .field("account", request.account())
                .field("limit", request.limit())
                .field("wanted", request.wanted())
                .field("reason", request.reason())
                .field("status", request.status().name().toLowerCase(Locale.ROOT))
                .field("askedAt", request.askedAt())
                .endObject();
    }
}
