// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.account;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.EmailChange;
import dev.gatehouse.auth.Reauthentication;
import dev.gatehouse.config.Secret;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import java.io.IOException;

/** Another address for an account. */
public final class EmailHandlers {

    private final Auth auth;
    private final MailLimit mailLimit;

    /** Changes addresses of {@code auth}; {@code mailLimit} bounds what one address is sent. */
    public EmailHandlers(Auth auth, MailLimit mailLimit) {
        this.auth = auth;
        this.mailLimit = mailLimit;
    }

    private record Wish(String email, Secret password) {}

    /** POST /api/email/change. */
    public Answer change(Call call) throws IOException {
        Wish wish = call.json(body -> new Wish(body.text("email", 1, 254), Secret.of(body.text("password", 1, 4_096))));
        Secret session = auth.cookies().session(call.exchange()).orElseThrow(Endings::signedOut);
        mailLimit.take(wish.email);
        EmailChange change = auth.recovery().requestEmailChange(session, wish.email, wish.password);
        if (change instanceof EmailChange.CheckYourMail) {
            return RegistrationHandlers.checkYourMail();
        }
        throw change instanceof EmailChange.Rejected rejected
                ? Refusal.of("email", rejected.rule())
                : Endings.refused((Reauthentication.Refused) change);
    }

    /** POST /api/email/confirm. */
    public Answer confirm(Call call) throws IOException {
        Secret token = call.json(TypedSecret::token);
        if (!auth.recovery().confirmEmailChange(token)) {
            throw Endings.badToken();
        }
        return Answer.noContent();
    }
}
