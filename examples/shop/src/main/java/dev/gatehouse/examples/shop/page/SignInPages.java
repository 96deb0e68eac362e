// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.FactorAttempt;
import dev.gatehouse.auth.Login;
import dev.gatehouse.auth.LoginAttempt;
import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.config.Secret;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.http.Exchange;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Signing in by hand, in one step or two, and out. */
final class SignInPages {

    private static final String TITLE = "Sign in";

    private final Auth auth;
    private final Pages pages;

    SignInPages(Auth auth, Pages pages) {
        this.auth = auth;
        this.pages = pages;
    }

    Answer form(Call call) {
        return pages.page(
                call.exchange(),
                "sign-in",
                TITLE,
                Map.of("next", call.query("next").orElse("/")));
    }

    Answer signIn(Call call) throws IOException {
        Call.Form form = call.form();
        String email = form.field("email").orElse("");
        Login login = auth.login(
                attempt(call.exchange(), email, form.field("password").orElse("")));
        if (login instanceof Login.FactorRequired factor) {
            return askForFactor(call, form, factor.pending().reveal(), "");
        }
        if (login instanceof Login.SignedIn signedIn) {
            return goOn(call, form, signedIn);
        }
        return again(call, form, login);
    }

    private LoginAttempt attempt(Exchange exchange, String email, String password) {
        LoginAttempt attempt = LoginAttempt.of(email, Secret.of(password)).client(client(exchange));
        LoginAttempt here = auth.cookies().device(exchange).map(attempt::device).orElse(attempt);
        return auth.cookies().session(exchange).map(here::replacing).orElse(here);
    }

    private static String client(Exchange exchange) {
        return Optional.ofNullable(exchange.header("User-Agent")).orElse("");
    }

    private Answer again(Call call, Call.Form form, Login login) {
        boolean busy = login instanceof Login.Busy;
        Map<String, String> values = Map.of(
                "next", form.field("next").orElse("/"),
                "typedEmail", form.field("email").orElse(""),
                "problem",
                        busy
                                ? "Too many people are signing in. Try again in a moment."
                                : "The address or the password is wrong, or the address is not confirmed yet.");
        return pages.page(busy ? 503 : 401, call.exchange(), "sign-in", TITLE, values);
    }

    Answer factor(Call call) throws IOException {
        Call.Form form = call.form();
        String pending = form.field("pending").orElse("");
        FactorKind kind = form.field("kind").flatMap(FactorKind::of).orElse(FactorKind.TOTP);
        Secret code = Secret.of(form.field("code").orElse(""));
        Login login = auth.loginFactor(new FactorAttempt(Secret.of(pending), kind, code, client(call.exchange())));
        if (login instanceof Login.SignedIn signedIn) {
            return goOn(call, form, signedIn);
        }
        return askForFactor(call, form, pending, "That code is wrong, was used before, or is too old.");
    }

    private Answer askForFactor(Call call, Call.Form form, String pending, String problem) {
        Map<String, String> values =
                Map.of("pending", pending, "next", form.field("next").orElse("/"), "problem", problem);
        return pages.page(problem.isEmpty() ? 200 : 401, call.exchange(), "factor", "Second factor", values);
    }

    private Answer goOn(Call call, Call.Form form, Login.SignedIn signedIn) {
        auth.cookies().write(call.exchange(), signedIn);
        return Answer.seeOther(local(form.field("next").orElse("/")));
    }

    /** Where to go on: a path of ours, never what a link from elsewhere put there. */
    static String local(String next) {
        return next.matches("/[A-Za-z0-9][A-Za-z0-9/_-]*") ? next : "/";
    }

    Answer signOut(Call call) {
        auth.cookies().session(call.exchange()).ifPresent(auth::logout);
        auth.cookies().clear(call.exchange());
        return Answer.seeOther("/");
    }
}
