// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.account;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.PasswordChange;
import dev.gatehouse.auth.PasswordReset;
import dev.gatehouse.auth.Reauthentication;
import dev.gatehouse.config.Secret;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import java.io.IOException;

/** A forgotten password, and a changed one. */
public final class PasswordHandlers {

    private final Auth auth;
    private final MailLimit mailLimit;

    /** Changes passwords of {@code auth}; {@code mailLimit} bounds what one address is sent. */
    public PasswordHandlers(Auth auth, MailLimit mailLimit) {
        this.auth = auth;
        this.mailLimit = mailLimit;
    }

    private record Reset(Secret token, Secret password) {}

    private record Change(Secret current, Secret chosen) {}

    /** POST /api/password/reset-request. */
    public Answer requestReset(Call call) throws IOException {
        String email = call.json(body -> body.text("email", 1, 254));
        mailLimit.take(email);
        auth.recovery().requestReset(email);
        return RegistrationHandlers.checkYourMail();
    }

    /** POST /api/password/reset. */
    public Answer reset(Call call) throws IOException {
        Reset wish = call.json(body -> new Reset(TypedSecret.token(body), Secret.of(body.text("password", 1, 4_096))));
        PasswordReset reset = auth.recovery().resetPassword(wish.token, wish.password);
        if (reset instanceof PasswordReset.Done) {
            return Answer.noContent();
        }
        if (reset instanceof PasswordReset.Rejected rejected) {
            throw Refusal.of("password", rejected.rule());
        }
        throw reset instanceof PasswordReset.Busy busy ? Endings.busy(busy.retryAfter()) : Endings.badToken();
    }

    /** POST /api/password/change. */
    public Answer change(Call call) throws IOException {
        Change wish = call.json(
                body -> new Change(Secret.of(body.text("current", 1, 4_096)), Secret.of(body.text("new", 1, 4_096))));
        Secret session = auth.cookies().session(call.exchange()).orElseThrow(Endings::signedOut);
        PasswordChange change = auth.recovery().changePassword(session, wish.current, wish.chosen);
        if (change instanceof PasswordChange.Changed changed) {
            auth.cookies().write(call.exchange(), changed.tokens());
            return Answer.noContent();
        }
        throw change instanceof PasswordChange.Rejected rejected
                ? Refusal.of("new", rejected.rule())
                : Endings.refused((Reauthentication.Refused) change);
    }
}
