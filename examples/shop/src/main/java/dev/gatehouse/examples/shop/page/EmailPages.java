// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.EmailChange;
import dev.gatehouse.auth.EmailRevert;
import dev.gatehouse.auth.Reauthentication;
import dev.gatehouse.config.Secret;
import dev.gatehouse.examples.shop.account.MailLimit;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Problems;
import java.io.IOException;
import java.util.Optional;

/** Another address for an account: asked for, confirmed from the new one, taken back from the former one. */
final class EmailPages {

    private static final String PAGE = "/account/email";
    private static final String TITLE = "Change your address";
    private static final String CONFIRM = "Confirm your new address";
    private static final String REVERT = "Take your address back";
    private static final String FAILED = "That did not work";

    private final MailedToken confirmLink = new MailedToken("email-link", "/email/confirm");
    private final MailedToken revertLink = new MailedToken("revert-link", "/email/revert");
    private final Auth auth;
    private final MailLimit mailLimit;
    private final Pages pages;

    EmailPages(Auth auth, MailLimit mailLimit, Pages pages) {
        this.auth = auth;
        this.mailLimit = mailLimit;
        this.pages = pages;
    }

    Answer form(Call call) {
        return pages.form(200, call.exchange(), TITLE, changing(call, ""));
    }

    private static FormView changing(Call call, String email) {
        return FormView.to(PAGE, "Send me a letter")
                .of(call.session().email())
                .lead("Your account has its new address once you followed the link of the letter that we send there.")
                .field(Field.email()
                        .with("label", "New address")
                        .with("autocomplete", "email")
                        .value(email))
                .field(Field.currentPassword("current", "Your password"));
    }

    Answer change(Call call) throws IOException {
        Call.Form form = call.form();
        String email = form.field("email").orElse("");
        Secret session =
                auth.cookies().session(call.exchange()).orElseThrow(() -> new Refusal(Problems.unauthorized()));
        mailLimit.take(email);
        EmailChange change = auth.recovery()
                .requestEmailChange(
                        session, email, Secret.of(form.field("current").orElse("")));
        if (change instanceof EmailChange.CheckYourMail) {
            return pages.message(202, call.exchange(), "Check your mail", "A letter is on its way to " + email + ".");
        }
        if (change instanceof EmailChange.Rejected rejected) {
            FormView again = changing(call, email).error("email", "The address " + rejected.rule() + ".");
            return pages.form(422, call.exchange(), TITLE, again);
        }
        return PasswordPages.refused(pages, call, (Reauthentication.Refused) change, TITLE, changing(call, email));
    }

    Answer confirmForm(Call call) {
        FormView form = FormView.to("/email/confirm", "Confirm my new address")
                .lead("Press the button to give your account this address. All other devices will be signed out.");
        return confirmLink.moved(call).orElseGet(() -> asked(call, confirmLink, CONFIRM, form));
    }

    Answer confirm(Call call) {
        Optional<Secret> token = confirmLink.held(call);
        confirmLink.forget(call);
        if (token.isEmpty() || !auth.recovery().confirmEmailChange(token.get())) {
            return pages.message(400, call.exchange(), FAILED, MailedToken.BAD);
        }
        Pages.Onward onward = new Pages.Onward("/account", "Your account");
        return pages.message(200, call.exchange(), "Welcome", "Your account has its new address.", onward);
    }

    Answer revertForm(Call call) {
        FormView form = FormView.to("/email/revert", "It was not me: give it back")
                .lead(
                        "Your account gets this address again. Every device is signed out, and you choose a new password.");
        return revertLink.moved(call).orElseGet(() -> asked(call, revertLink, REVERT, form));
    }

    Answer revert(Call call) {
        Optional<Secret> token = revertLink.held(call);
        if (token.isEmpty()) {
            return pages.message(400, call.exchange(), FAILED, MailedToken.BAD);
        }
        EmailRevert revert = auth.recovery().revertEmailChange(token.get());
        if (revert instanceof EmailRevert.Busy) {
            return pages.message(503, call.exchange(), FAILED, Pages.BUSY, new Pages.Onward("/email/revert", REVERT));
        }
        revertLink.forget(call);
        if (revert instanceof EmailRevert.Reverted reverted) {
            new MailedToken("reset-link", "/reset").hold(call, reverted.reset());
            return Answer.seeOther("/reset");
        }
        return pages.message(400, call.exchange(), FAILED, MailedToken.BAD);
    }

    private Answer asked(Call call, MailedToken link, String title, FormView form) {
        return link.held(call).isPresent()
                ? pages.form(200, call.exchange(), title, form)
                : pages.message(200, call.exchange(), title, "Open the link of the letter that we sent you.");
    }
}
