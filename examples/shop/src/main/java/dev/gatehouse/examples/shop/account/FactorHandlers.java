// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.account;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.Confirmation;
import dev.gatehouse.auth.Enrolment;
import dev.gatehouse.auth.FactorChange;
import dev.gatehouse.config.Secret;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.json.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;

/** A one-time password generator and its recovery codes: enrolled, replaced, removed. */
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
        Secret token = auth.cookies().session(call.exchange()).orElseThrow(Endings::signedOut);
        if (!(auth.factors().confirmTotp(token, code) instanceof Confirmation.Confirmed confirmed)) {
            throw Refusal.of("code", "must be the code that the generator shows now");
        }
        auth.cookies().write(call.exchange(), confirmed.tokens());
        return codes(confirmed.recoveryCodes());
    }

    private static Answer codes(List<Secret> codes) {
        List<String> texts = codes.stream().map(Secret::reveal).toList();
        return Answer.json(
                200,
                new JsonWriter().beginObject().field("recoveryCodes", texts).endObject());
    }

    /** DELETE /api/factors/totp. */
    public Answer remove(Call call) throws IOException {
        change(call, auth.factors()::removeTotp);
        return Answer.noContent();
    }

    /** POST /api/factors/recovery-codes. */
    public Answer replaceRecoveryCodes(Call call) throws IOException {
        return codes(change(call, auth.factors()::replaceRecoveryCodes).recoveryCodes());
    }

    private FactorChange.Done change(Call call, BiFunction<Secret, Secret, FactorChange> change) throws IOException {
        Secret code = call.json(body -> Secret.of(body.text("code", 1, 100)));
        Secret token = auth.cookies().session(call.exchange()).orElseThrow(Endings::signedOut);
        if (!(change.apply(token, code) instanceof FactorChange.Done done)) {
            throw Refusal.forbidden("The code is wrong, was used before, or too many were tried.");
        }
        auth.cookies().write(call.exchange(), done.tokens());
        return done;
    }
}
