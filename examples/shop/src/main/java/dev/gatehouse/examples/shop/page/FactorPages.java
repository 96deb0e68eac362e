// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.Confirmation;
import dev.gatehouse.auth.Enrolment;
import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.config.Secret;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Problems;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The second factor: setting up a generator, recovery codes, removing it. */
final class FactorPages {

    private static final String PAGE = "/account/factor";
    private static final String TITLE = "Second factor";
    private static final String WRONG = "The code is wrong, was used before, or is too old.";

    private final Auth auth;
    private final Pages pages;

    FactorPages(Auth auth, Pages pages) {
        this.auth = auth;
        this.pages = pages;
    }

    Answer overview(Call call) {
        boolean has = call.session().factors().contains(FactorKind.TOTP);
        return pages.page(call.exchange(), "factor", TITLE, Map.of("hasFactor", has));
    }

    Answer enrol(Call call) {
        Enrolment enrolment = auth.factors().enrolTotp(call.session());
        if (enrolment instanceof Enrolment.Started started) {
            return pages.page(
                    call.exchange(),
                    "enrol",
                    "Set up an authenticator app",
                    enrolling(started).values());
        }
        throw enrolment instanceof Enrolment.SignInTooOld
                ? Refusal.forbidden("reauthenticate", "Your sign-in is too old for this. Sign in again.")
                : Refusal.forbidden("factor-required", "Use the second factor you have first: sign in again.");
    }

    private static FormView enrolling(Enrolment.Started started) {
        return confirming()
                .with("qr", QrCode.of(started.uri().reveal()))
                .with("secret", started.secret().reveal())
                .with("uri", started.uri().reveal());
    }

    private static FormView confirming() {
        return FormView.to(PAGE + "/confirm", "Confirm")
                .field(Field.code("The six digits that the app shows now")
                        .with("inputmode", "numeric")
                        .with("maxlength", 7));
    }

    Answer confirm(Call call) throws IOException {
        Secret code = Secret.of(call.form().field("code").orElse(""));
        Secret token = auth.cookies().session(call.exchange()).orElseThrow(() -> new Refusal(Problems.unauthorized()));
        if (!(auth.factors().confirmTotp(token, code) instanceof Confirmation.Confirmed confirmed)) {
            FormView again = confirming()
                    .lead("Your app has the key already. Wait for its next six digits, or begin again with a new key.")
                    .error("code", WRONG)
                    .link(PAGE, "Begin again");
            return pages.form(422, call.exchange(), "Set up an authenticator app", again);
        }
        auth.cookies().write(call.exchange(), confirmed.tokens());
        return codes(call, confirmed.recoveryCodes(), "Your second factor is on.");
    }

    private Answer codes(Call call, List<Secret> codes, String lead) {
        Map<String, Object> values =
                Map.of("lead", lead, "codes", codes.stream().map(Secret::reveal).toList());
        return pages.page(call.exchange(), "recovery", "Your recovery codes", values);
    }
}
