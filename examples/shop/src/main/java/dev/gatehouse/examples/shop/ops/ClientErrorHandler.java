// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Handler;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.observability.errors.ClientErrors;
import java.io.IOException;

/** POST /client-errors: what went wrong in somebody's browser. */
public final class ClientErrorHandler implements Handler {

    private final ClientErrors errors;

    /** Reports to {@code errors}. */
    public ClientErrorHandler(ClientErrors errors) {
        this.errors = errors;
    }

    @Override
    public Answer handle(Call call) throws IOException {
        if (errors.report(call.body(), call.exchange().context()) == ClientErrors.Outcome.MALFORMED) {
            throw Refusal.of(400, "Bad report", "A report is a JSON object with a message.");
        }
        return Answer.noContent();
    }
}
