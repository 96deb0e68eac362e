// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.account;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.FactorAttempt;
import dev.gatehouse.auth.Login;
import dev.gatehouse.auth.LoginAttempt;
import dev.gatehouse.auth.Refresh;
import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.config.Secret;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Exchange;
import dev.gatehouse.json.JsonFields;
import dev.gatehouse.json.JsonWriter;
import java.io.IOException;
import java.util.Optional;

/** Signing in, in one step or two, and out. */
public final class SignInHandlers {

    private final Auth auth;

    /** Signs in with {@code auth}. */
    public SignInHandlers(Auth auth) {
        this.auth = auth;
    }

    /** POST /api/login. */
    public Answer login(Call call) throws IOException {
        LoginAttempt attempt =
                call.json(body -> LoginAttempt.of(body.text("email", 1, 254), TypedSecret.password(body)));
        return answer(call.exchange(), auth.login(Browser.attempt(auth, call.exchange(), attempt)));
    }

    /** POST /api/login/factor. */
    public Answer factor(Call call) throws IOException {
        String client = Browser.client(call.exchange());
        FactorAttempt attempt = call.json(body -> new FactorAttempt(
                Secret.of(body.text("pending", 1, 500)), kind(body), Secret.of(body.text("code", 1, 100)), client));
        return answer(call.exchange(), auth.loginFactor(attempt));
    }

    private static FactorKind kind(JsonFields body) {
        Optional<FactorKind> kind = FactorKind.of(body.text("kind", 1, 40));
        if (kind.isEmpty()) {
            body.refuse("kind", "must be totp or recovery-code");
        }
        return kind.orElse(FactorKind.TOTP);
    }

    private Answer answer(Exchange exchange, Login login) {
        if (login instanceof Login.SignedIn signedIn) {
            auth.cookies().write(exchange, signedIn);
            return Answer.json(
                    200,
                    status("signed-in").field("account", signedIn.account()).endObject());
        }
        if (login instanceof Login.FactorRequired factor) {
            return factorRequired(factor);
        }
        if (login instanceof Login.Busy busy) {
            throw Endings.busy(busy.retryAfter());
        }
        throw Refusal.of(401, "Not signed in", "The address, the password or the code is wrong.");
    }

    private static Answer factorRequired(Login.FactorRequired factor) {
        return Answer.json(
                200,
                status("factor-required")
                        .field("pending", factor.pending().reveal())
                        .field(
                                "kinds",
                                factor.kinds().stream().map(FactorKind::label).toList())
                        .endObject());
    }

    private static JsonWriter status(String word) {
        return new JsonWriter().beginObject().field("status", word);
    }

    /** POST /api/session/refresh. */
    public Answer refresh(Call call) {
        Optional<Secret> token = auth.cookies().refresh(call.exchange());
        // The cookies are left as they are: another tab may have put newer ones in their place meanwhile.
        if (token.isEmpty() || !(auth.refresh(token.get()) instanceof Refresh.Refreshed refreshed)) {
            throw Endings.signedOut();
        }
        auth.cookies().write(call.exchange(), refreshed.tokens());
        return Answer.json(
                200, status("signed-in").field("account", refreshed.account()).endObject());
    }

    /** POST /api/logout. */
    public Answer logout(Call call) {
        Browser.signOut(auth, call.exchange());
        return Answer.noContent();
    }

    /** GET /api/session. */
    public Answer session(Call call) {
        Session session = call.session();
        JsonWriter json = new JsonWriter()
                .beginObject()
                .field("account", session.account())
                .field("email", session.email())
                .field("roles", session.roles().stream().sorted().toList())
                .field("expiresAt", session.expiresAt())
                .field(
                        "factors",
                        session.factors().stream()
                                .map(FactorKind::label)
                                .sorted()
                                .toList())
                .field("factorUsed", session.factorUsed());
        return Answer.json(200, json.endObject());
    }
}
