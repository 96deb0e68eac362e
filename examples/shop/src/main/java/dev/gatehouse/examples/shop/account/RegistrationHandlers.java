// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.account;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.Registration;
import dev.gatehouse.config.Secret;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.json.FieldError;
import dev.gatehouse.json.JsonWriter;
import java.io.IOException;

/** Registering and confirming an address. */
public final class RegistrationHandlers {

    private final Auth auth;
    private final MailLimit mailLimit;

    /** Registers with {@code auth}; {@code mailLimit} bounds what one address is sent. */
    public RegistrationHandlers(Auth auth, MailLimit mailLimit) {
        this.auth = auth;
        this.mailLimit = mailLimit;
    }

    private record Credentials(String email, Secret password) {}

    /** POST /api/accounts. */
    public Answer register(Call call) throws IOException {
        Credentials wanted = call.json(
                body -> new Credentials(body.text("email", 1, 254), Secret.of(body.text("password", 1, 4_096))));
        Registration registration = auth.register(wanted.email, wanted.password);
        if (registration instanceof Registration.Rejected rejected) {
            throw Refusal.of(rejected.violations().stream()
                    .map(violation -> new FieldError(violation.field(), violation.rule()))
                    .toList());
        }
        if (registration instanceof Registration.Busy busy) {
            throw Endings.busy(busy.retryAfter());
        }
        return checkYourMail();
    }

    /** POST /api/accounts/verify. */
    public Answer verify(Call call) throws IOException {
        Secret token = call.json(TypedSecret::token);
        if (!auth.verify(token)) {
            throw Endings.badToken();
        }
        return Answer.noContent();
    }

    /** POST /api/accounts/verify-request. */
    public Answer requestVerification(Call call) throws IOException {
        String email = call.json(body -> body.text("email", 1, 254));
        mailLimit.take(email);
        auth.requestVerification(email);
        return checkYourMail();
    }

    static Answer checkYourMail() {
        return Answer.json(
                202,
                new JsonWriter()
                        .beginObject()
                        .field("status", "check-your-mail")
                        .endObject());
    }
}
