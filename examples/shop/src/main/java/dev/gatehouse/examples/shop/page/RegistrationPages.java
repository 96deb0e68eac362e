// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.Registration;
import dev.gatehouse.config.Secret;
import dev.gatehouse.examples.shop.account.MailLimit;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import java.io.IOException;
import java.util.Optional;

/** Registering by hand, and confirming an address. */
final class RegistrationPages {

    private static final String REGISTER = "Register";
    private static final String CONFIRM = "Confirm your address";
    private static final String AGAIN = "A new letter";
    private static final String CHECK = "Check your mail";

    private final MailedToken link = new MailedToken("verify-link", "/verify");
    private final Auth auth;
    private final MailLimit mailLimit;
    private final Pages pages;

    RegistrationPages(Auth auth, MailLimit mailLimit, Pages pages) {
        this.auth = auth;
        this.mailLimit = mailLimit;
        this.pages = pages;
    }

    Answer form(Call call) {
        return pages.form(200, call.exchange(), REGISTER, register(""));
    }

    private static FormView register(String email) {
        return FormView.to("/register", REGISTER)
                .field(Field.email().value(email))
                .field(Field.newPassword("password", "Password"))
                .link("/sign-in", "I have an account already");
    }

    Answer register(Call call) throws IOException {
        Call.Form form = call.form();
        String email = form.field("email").orElse("");
        Registration registration =
                auth.register(email, Secret.of(form.field("password").orElse("")));
        if (registration instanceof Registration.Rejected rejected) {
            FormView again = register(email);
            rejected.violations().forEach(wrong -> again.error(wrong.field(), sentence(wrong)));
            return pages.form(422, call.exchange(), REGISTER, again);
        }
        if (registration instanceof Registration.Busy) {
            FormView again = register(email).problem(Pages.BUSY);
            return pages.form(503, call.exchange(), REGISTER, again);
        }
        return pages.message(
                202, call.exchange(), CHECK, "We sent a letter to " + email + ". Follow its link to go on.");
    }

    private static String sentence(Registration.Violation violation) {
        return "The " + violation.field() + " " + violation.rule() + ".";
    }

    Answer verifyForm(Call call) {
        return link.moved(call).orElseGet(() -> confirm(call));
    }

    private Answer confirm(Call call) {
        if (link.held(call).isEmpty()) {
            return askForLetter(call, "Open the link of the letter we sent you, or have it sent again.");
        }
        FormView form = FormView.to("/verify", "Confirm my address")
                .lead("Press the button to confirm that this address is yours.");
        return pages.form(200, call.exchange(), CONFIRM, form);
    }

    Answer verify(Call call) {
        Optional<Secret> token = link.held(call);
        link.forget(call);
        if (token.isPresent() && auth.verify(token.get())) {
            return pages.message(
                    200,
                    call.exchange(),
                    "Welcome",
                    "Your address is confirmed.",
                    new Pages.Onward("/sign-in", "Sign in"));
        }
        FormView again = letter("").problem(MailedToken.BAD);
        return pages.form(400, call.exchange(), "That did not work", again);
    }

    Answer againForm(Call call) {
        return askForLetter(call, "If you registered and found no letter, we send it again.");
    }

    private Answer askForLetter(Call call, String lead) {
        return pages.form(200, call.exchange(), AGAIN, letter(lead));
    }

    private static FormView letter(String lead) {
        return FormView.to("/verify/again", "Send it again").lead(lead).field(Field.email());
    }

    Answer again(Call call) throws IOException {
        Optional<String> email = call.form().field("email");
        if (email.isEmpty()) {
            FormView form = letter("").error("email", "Type the address that you registered with.");
            return pages.form(422, call.exchange(), AGAIN, form);
        }
        mailLimit.take(email.get());
        auth.requestVerification(email.get());
        return pages.message(
                202, call.exchange(), CHECK, "If an address waits to be confirmed, a new letter is on its way.");
    }
}
