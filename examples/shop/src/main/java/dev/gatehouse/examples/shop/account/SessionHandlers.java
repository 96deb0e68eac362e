// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.account;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.session.SessionSummary;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Problems;
import dev.gatehouse.json.JsonWriter;

/** An account's sessions on its several devices. */
public final class SessionHandlers {

    private final Auth auth;

    /** Lists and ends sessions of {@code auth}. */
    public SessionHandlers(Auth auth) {
        this.auth = auth;
    }

    /** GET /api/sessions. */
    public Answer list(Call call) {
        JsonWriter json = new JsonWriter().beginArray();
        for (SessionSummary session : auth.sessions(call.session())) {
            json.beginObject()
                    .field("id", session.id())
                    .field("current", session.current())
                    .field("createdAt", session.createdAt())
                    .field("lastSeenAt", session.lastSeenAt())
                    .field("client", session.client())
                    .endObject();
        }
        return Answer.json(200, json.endArray());
    }

    /** DELETE /api/sessions/{id}. */
    public Answer end(Call call) {
        if (!auth.revoke(call.session(), call.exchange().pathVariable("id"))) {
            throw new Refusal(Problems.notFound());
        }
        return Answer.noContent();
    }

    /** DELETE /api/sessions. */
    public Answer endOthers(Call call) {
        auth.revokeOthers(call.session());
        return Answer.noContent();
    }
}
