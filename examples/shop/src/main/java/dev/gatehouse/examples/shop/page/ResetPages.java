// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.PasswordReset;
import dev.gatehouse.config.Secret;
import dev.gatehouse.examples.shop.account.MailLimit;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import java.io.IOException;
import java.util.Optional;

/** A forgotten password: asking for the letter, and choosing a new one with its link. */
final class ResetPages {

    private static final String ASK = "/reset-request";
    private static final String ASK_TITLE = "Forgotten password";
    private static final String CHOOSE = "Choose a new password";

    private final MailedToken link = new MailedToken("reset-link", "/reset");
    private final Auth auth;
    private final MailLimit mailLimit;
    private final Pages pages;

    ResetPages(Auth auth, MailLimit mailLimit, Pages pages) {
        this.auth = auth;
        this.mailLimit = mailLimit;
        this.pages = pages;
    }

    Answer askForm(Call call) {
        return pages.form(200, call.exchange(), ASK_TITLE, asking());
    }

    private static FormView asking() {
        return FormView.to(ASK, "Send me a letter")
                .lead("We send you a letter with a link to choose a new password.")
                .field(Field.email())
                .link("/sign-in", "Back to the sign-in");
    }

    Answer ask(Call call) throws IOException {
        Optional<String> email = call.form().field("email");
        if (email.isEmpty()) {
            FormView again = asking().error("email", "Type the address of your account.");
            return pages.form(422, call.exchange(), ASK_TITLE, again);
        }
        mailLimit.take(email.get());
        auth.recovery().requestReset(email.get());
        String text =
                "If there is an account with this address, a letter is on its way. Its link is good for half an hour.";
        return pages.message(202, call.exchange(), "Check your mail", text);
    }

    Answer form(Call call) {
        return link.moved(call).orElseGet(() -> choose(call));
    }

    private Answer choose(Call call) {
        return link.held(call).isPresent()
                ? pages.form(200, call.exchange(), CHOOSE, choosing())
                : pages.form(200, call.exchange(), ASK_TITLE, asking());
    }

    private static FormView choosing() {
        return FormView.to("/reset", "Change my password")
                .lead("Every device will be signed out. Your second factor stays.")
                .field(Field.newPassword("password", "New password"));
    }

    Answer reset(Call call) throws IOException {
        Secret password = Secret.of(call.form().field("password").orElse(""));
        Optional<Secret> token = link.held(call);
        if (token.isEmpty()) {
            return bad(call);
        }
        PasswordReset reset = auth.recovery().resetPassword(token.get(), password);
        if (reset instanceof PasswordReset.Done) {
            link.forget(call);
            auth.cookies().clear(call.exchange());
            return Answer.seeOther(Notices.at("/sign-in", "reset"));
        }
        if (reset instanceof PasswordReset.Rejected rejected) {
            FormView again = choosing().error("password", "The password " + rejected.rule() + ".");
            return pages.form(422, call.exchange(), CHOOSE, again);
        }
        return reset instanceof PasswordReset.Busy
                ? pages.form(503, call.exchange(), CHOOSE, choosing().problem(Pages.BUSY))
                : bad(call);
    }

    private Answer bad(Call call) {
        link.forget(call);
        FormView again = asking().problem(MailedToken.BAD);
        return pages.form(400, call.exchange(), "That did not work", again);
    }
}
