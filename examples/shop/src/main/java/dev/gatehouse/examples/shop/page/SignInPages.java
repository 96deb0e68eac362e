// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.FactorAttempt;
import dev.gatehouse.auth.Login;
import dev.gatehouse.auth.LoginAttempt;
import dev.gatehouse.config.Secret;
import dev.gatehouse.examples.shop.account.Browser;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import java.io.IOException;

/** Signing in by hand, in one step or two, and out. */
final class SignInPages {

    private static final String TITLE = "Sign in";
    private static final String FACTOR_TITLE = "Second factor";

    private final Auth auth;
    private final Pages pages;

    SignInPages(Auth auth, Pages pages) {
        this.auth = auth;
        this.pages = pages;
    }

    Answer form(Call call) {
        String next = call.query("next").orElse("/");
        return pages.form(200, call.exchange(), TITLE, password(next, ""));
    }

    private static FormView password(String next, String email) {
        return FormView.to("/sign-in", TITLE)
                .hidden("next", next)
                .field(Field.email().value(email))
                .field(Field.currentPassword("password", "Password"))
                .link("/reset-request", "I forgot my password")
                .link("/unlock", "My password is right, and still I cannot sign in")
                .link("/register", "I have no account yet");
    }

    Answer signIn(Call call) throws IOException {
        Call.Form form = call.form();
        String email = form.field("email").orElse("");
        LoginAttempt attempt =
                LoginAttempt.of(email, Secret.of(form.field("password").orElse("")));
        Login login = auth.login(Browser.attempt(auth, call.exchange(), attempt));
        if (login instanceof Login.FactorRequired factor) {
            FormView code = code(next(form), factor.pending().reveal());
            return pages.form(200, call.exchange(), FACTOR_TITLE, code);
        }
        if (login instanceof Login.SignedIn signedIn) {
            return goOn(call, form, signedIn);
        }
        return again(call, login, password(next(form), email));
    }

    private Answer again(Call call, Login login, FormView form) {
        if (login instanceof Login.Busy) {
            return pages.form(503, call.exchange(), TITLE, form.problem(Pages.BUSY));
        }
        form.problem("The address or the password is wrong, or the address is not confirmed yet.");
        return pages.form(401, call.exchange(), TITLE, form);
    }

    private static FormView code(String next, String pending) {
        return FormView.to("/sign-in/factor", "Go on")
                .lead("Your account asks for more than a password.")
                .hidden("next", next)
                .hidden("pending", pending)
                .field(Field.code("Code")
                        .hint("The six digits that your app shows now, or one of your recovery codes."));
    }

    Answer factor(Call call) throws IOException {
        Call.Form form = call.form();
        String pending = form.field("pending").orElse("");
        Secret code = Secret.of(form.field("code").orElse(""));
        Login login = auth.loginFactor(
                new FactorAttempt(Secret.of(pending), FactorPages.kind(code), code, Browser.client(call.exchange())));
        if (login instanceof Login.SignedIn signedIn) {
            return goOn(call, form, signedIn);
        }
        FormView again = code(next(form), pending)
                .error("code", "The code is wrong, was used before, or is too old.")
                .link("/sign-in", "Begin again");
        return pages.form(401, call.exchange(), FACTOR_TITLE, again);
    }

    private Answer goOn(Call call, Call.Form form, Login.SignedIn signedIn) {
        auth.cookies().write(call.exchange(), signedIn);
        return Answer.seeOther(local(next(form)));
    }

    private static String next(Call.Form form) {
        return form.field("next").orElse("/");
    }

    /** Where to go on: a path of ours, never what a link from elsewhere put there. */
    static String local(String next) {
        return next.matches("/[A-Za-z0-9][A-Za-z0-9/_-]*") ? next : "/";
    }

    Answer signOut(Call call) {
        Browser.signOut(auth, call.exchange());
        return Answer.seeOther("/");
    }
}
