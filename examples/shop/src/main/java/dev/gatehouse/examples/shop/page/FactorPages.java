// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.Confirmation;
import dev.gatehouse.auth.Enrolment;
import dev.gatehouse.auth.FactorChange;
import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.config.Secret;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Problems;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** The second factor: setting up a generator, recovery codes, removing it. */
final class FactorPages {

    private static final String PAGE = "/account/factor";
    private static final String TITLE = "Second factor";
    private static final String WRONG = "The code is wrong, was used before, or is too old.";

    private static final String BOTH = "The six digits that your app shows now, or one of your recovery codes.";
    private static final Pattern DIGITS = Pattern.compile("[0-9 ]*");

    private static final String NOTHING = "";

    private final Auth auth;
    private final Pages pages;

    FactorPages(Auth auth, Pages pages) {
        this.auth = auth;
        this.pages = pages;
    }

    Answer overview(Call call) {
        return overview(200, call, NOTHING);
    }

    /** The page, where the form of this name has just failed. */
    private Answer overview(int status, Call call, String failed) {
        Map<String, Object> values = Map.of(
                "hasFactor",
                call.session().factors().contains(FactorKind.TOTP),
                "factorUsed",
                call.session().factorUsed(),
                "problem",
                failed.equals(NOTHING) ? "" : WRONG,
                "use",
                List.of(form(failed, "use", "Use it now", BOTH)),
                "renew",
                List.of(form(failed, "codes", "Make new recovery codes", "The six digits that your app shows now.")),
                "remove",
                List.of(form(failed, "remove", "Remove my second factor", BOTH)));
        return pages.page(status, call.exchange(), "factor", TITLE, values);
    }

    private static Map<String, Object> form(String failed, String what, String button, String hint) {
        FormView form = FormView.to(PAGE + "/" + what, button)
                .field(Field.code("Code").id(what).hint(hint));
        return what.equals(failed) ? form.error("code", WRONG).values() : form.values();
    }

    Answer use(Call call) throws IOException {
        return changed(call, (token, code) -> auth.factors().use(token, kind(code), code))
                .map(done -> (Answer) Answer.seeOther(Notices.at(PAGE, "factor-used")))
                .orElseGet(() -> overview(403, call, "use"));
    }

    /** What a code is taken for: six digits are the app's. */
    static FactorKind kind(Secret code) {
        return DIGITS.matcher(code.reveal()).matches() ? FactorKind.TOTP : FactorKind.RECOVERY_CODE;
    }

    Answer renewCodes(Call call) throws IOException {
        return changed(call, auth.factors()::replaceRecoveryCodes)
                .map(done -> codes(call, done.recoveryCodes(), "Your former codes work no more."))
                .orElseGet(() -> overview(403, call, "codes"));
    }

    Answer remove(Call call) throws IOException {
        return changed(call, auth.factors()::removeTotp)
                .map(done -> (Answer) Answer.seeOther(Notices.at(PAGE, "factor-off")))
                .orElseGet(() -> overview(403, call, "remove"));
    }

    private Optional<FactorChange.Done> changed(Call call, BiFunction<Secret, Secret, FactorChange> change)
            throws IOException {
        Secret code = Secret.of(call.form().field("code").orElse(""));
        if (!(change.apply(session(call), code) instanceof FactorChange.Done done)) {
            return Optional.empty();
        }
        auth.cookies().write(call.exchange(), done.tokens());
        return Optional.of(done);
    }

    private Secret session(Call call) {
        return auth.cookies().session(call.exchange()).orElseThrow(() -> new Refusal(Problems.unauthorized()));
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
        if (!(auth.factors().confirmTotp(session(call), code) instanceof Confirmation.Confirmed confirmed)) {
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
