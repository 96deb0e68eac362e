// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.account;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.Confirmation;
import dev.gatehouse.auth.Enrolment;
import dev.gatehouse.config.Secret;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Problems;
import dev.gatehouse.json.JsonWriter;
import java.io.IOException;

/** Enrolling a one-time password generator. */
public final class FactorHandlers {

    private final Auth auth;

    /** Enrols with {@code auth}. */
    public FactorHandlers(Auth auth) {
        this.auth = auth;
    }

    /** POST /api/factors/totp. */
    public Answer enrol(Call call) {
        Enrolment enrolment = auth.factors().enrolTotp(call.session());
        if (enrolment instanceof Enrolment.Started started) {
            JsonWriter json = new JsonWriter()
                    .beginObject()
                    .field("secret", started.secret().reveal())
                    .field("uri", started.uri().reveal());
            return Answer.json(200, json.endObject());
        }
        throw enrolment instanceof Enrolment.SignInTooOld
                ? Refusal.forbidden("reauthenticate", "Your sign-in is too old for this. Sign in again.")
                : Refusal.forbidden("factor-required", "Use the second factor you have first.");
    }

    /** POST /api/factors/totp/confirm. */
    public Answer confirm(Call call) throws IOException {
        Secret code = call.json(body -> Secret.of(body.text("code", 1, 20)));
        Secret token = auth.cookies().session(call.exchange()).orElseThrow(() -> new Refusal(Problems.unauthorized()));
        if (!(auth.factors().confirmTotp(token, code) instanceof Confirmation.Confirmed confirmed)) {
            throw Refusal.of("code", "must be the code that the generator shows now");
        }
        auth.cookies().write(call.exchange(), confirmed.tokens());
        JsonWriter json = new JsonWriter()
                .beginObject()
                .field(
                        "recoveryCodes",
                        confirmed.recoveryCodes().stream().map(Secret::reveal).toList());
        return Answer.json(200, json.endObject());
    }
}
