// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.json.JsonWriter;
import dev.gatehouse.ratelimit.LimitStatus;
import dev.gatehouse.ratelimit.RateLimits;

/** What an account may still do. */
public final class LimitHandlers {

    private final RateLimits limits;

    /** Reads {@code limits}. */
    public LimitHandlers(RateLimits limits) {
        this.limits = limits;
    }

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
}
