// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.PasswordChange;
import dev.gatehouse.auth.Reauthentication;
import dev.gatehouse.config.Secret;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Problems;
import java.io.IOException;

/** Changing one's password, and giving it again before something delicate. */
final class PasswordPages {

    private static final String PAGE = "/account/password";
    private static final String TITLE = "Change your password";
    private static final String AGAIN_TITLE = "Is it still you?";

    private final Auth auth;
    private final Pages pages;

    PasswordPages(Auth auth, Pages pages) {
        this.auth = auth;
        this.pages = pages;
    }

    Answer form(Call call) {
        return pages.form(200, call.exchange(), TITLE, changing(call));
    }

    private static FormView changing(Call call) {
        return FormView.to(PAGE, "Change it")
                .of(call.session().email())
                .lead("All other devices will be signed out.")
                .field(Field.currentPassword("current", "Current password"))
                .field(Field.newPassword("new", "New password"));
    }

    Answer change(Call call) throws IOException {
        Call.Form form = call.form();
        PasswordChange change = auth.recovery()
                .changePassword(
                        session(call),
                        Secret.of(form.field("current").orElse("")),
                        Secret.of(form.field("new").orElse("")));
        if (change instanceof PasswordChange.Changed changed) {
            auth.cookies().write(call.exchange(), changed.tokens());
            return Answer.seeOther(Notices.at(PAGE, "password"));
        }
        if (change instanceof PasswordChange.Rejected rejected) {
            FormView again = changing(call).error("new", "The password " + rejected.rule() + ".");
            return pages.form(422, call.exchange(), TITLE, again);
        }
        return refused(call, (Reauthentication.Refused) change, TITLE, changing(call));
    }

    private Secret session(Call call) {
        return auth.cookies().session(call.exchange()).orElseThrow(() -> new Refusal(Problems.unauthorized()));
    }

    private Answer refused(Call call, Reauthentication.Refused refused, String title, FormView form) {
        return refused(pages, call, refused, title, form);
    }

    /** The form again, because the password in its field {@code current} was not taken. */
    static Answer refused(Pages pages, Call call, Reauthentication.Refused refused, String title, FormView form) {
        if (refused instanceof Reauthentication.NotSignedIn) {
            throw new Refusal(Problems.unauthorized());
        }
        if (refused instanceof Reauthentication.Busy) {
            return pages.form(503, call.exchange(), title, form.problem(Pages.BUSY));
        }
        form.error("current", "The password is wrong, or too many wrong ones were tried.");
        return pages.form(403, call.exchange(), title, form);
    }

    Answer againForm(Call call) {
        return pages.form(
                200,
                call.exchange(),
                AGAIN_TITLE,
                again(call, call.query("next").orElse("/account")));
    }

    private static FormView again(Call call, String next) {
        return FormView.to("/account/again", "Go on")
                .of(call.session().email())
                .lead("You signed in a while ago. For what comes next, please type your password again.")
                .hidden("next", next)
                .field(Field.currentPassword("current", "Password"));
    }

    Answer again(Call call) throws IOException {
        Call.Form form = call.form();
        String next = form.field("next").orElse("/account");
        Reauthentication done = auth.recovery()
                .reauthenticate(session(call), Secret.of(form.field("current").orElse("")));
        if (done instanceof Reauthentication.Done good) {
            auth.cookies().write(call.exchange(), good.tokens());
            return Answer.seeOther(SignInPages.local(next));
        }
        return refused(call, (Reauthentication.Refused) done, AGAIN_TITLE, again(call, next));
    }
}
