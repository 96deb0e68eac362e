// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Problem;
import dev.gatehouse.json.JsonWriter;
import dev.gatehouse.ratelimit.LimitStatus;
import dev.gatehouse.ratelimit.RateLimits;
import dev.gatehouse.ratelimit.higher.Asked;
import dev.gatehouse.ratelimit.higher.HigherLimits;
import dev.gatehouse.ratelimit.higher.LimitRequest;
import java.io.IOException;

/** What an account may still do, and asking for more. */
public final class LimitHandlers {

    private final RateLimits limits;
    private final HigherLimits higher;

    /** Reads {@code limits}; requests go to {@code higher}. */
    public LimitHandlers(RateLimits limits, HigherLimits higher) {
        this.limits = limits;
        this.higher = higher;
    }

    private record Wish(String limit, long wanted, String reason) {}

    /** GET /api/limits. */
    public Answer list(Call call) {
        JsonWriter json = new JsonWriter().beginArray();
        for (LimitStatus status : limits.statusOf(call.account())) {
            json.beginObject()
                    .field("name", status.name())
                    .field("limit", status.limit())
                    .field("windowSeconds", status.windowSeconds())
                    .field("remaining", status.remaining())
                    .field("resetSeconds", status.resetSeconds())
                    .endObject();
        }
        return Answer.json(200, json.endArray());
    }

    /** POST /api/limits/requests. */
    public Answer request(Call call) throws IOException {
        Wish wish = call.json(body -> new Wish(
                body.text("limit", 1, 40), body.integer("wanted", 1, Long.MAX_VALUE), body.text("reason", 1, 500)));
        Asked asked = higher.request(call.account(), wish.limit, wish.wanted, wish.reason);
        if (asked instanceof Asked.Filed filed) {
            return accepted(filed.request());
        }
        if (asked instanceof Asked.AlreadyPending pending && pending.request().wanted() == wish.wanted) {
            return accepted(pending.request());
        }
        throw refusal(asked);
    }

    private static Answer accepted(LimitRequest request) {
        return Answer.json(
                202, new JsonWriter().beginObject().field("id", request.id()).endObject());
    }

    private static Refusal refusal(Asked asked) {
        if (asked instanceof Asked.Invalid invalid) {
            return Refusal.of(invalid.field(), invalid.rule());
        }
        if (asked instanceof Asked.TooMany) {
            return new Refusal(Problem.of(503, "Too many requests wait", "Ask again tomorrow.")
                    .header("Retry-After", "3600"));
        }
        return Refusal.of(409, "Asked already", "An earlier request for this limit waits for its answer.");
    }
}
