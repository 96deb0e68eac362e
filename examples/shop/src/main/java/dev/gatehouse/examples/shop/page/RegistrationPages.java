// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.Registration;
import dev.gatehouse.config.Secret;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/** Registering by hand, and confirming an address: a link only shows the button, for mail scanners follow links. */
final class RegistrationPages {

    private final Auth auth;
    private final Pages pages;

    RegistrationPages(Auth auth, Pages pages) {
        this.auth = auth;
        this.pages = pages;
    }

    Answer form(Call call) {
        return pages.page(call.exchange(), "register", "Register", Map.of());
    }

    Answer register(Call call) throws IOException {
        Call.Form form = call.form();
        String email = form.field("email").orElse("");
        Registration registration =
                auth.register(email, Secret.of(form.field("password").orElse("")));
        if (registration instanceof Registration.CheckYourMail) {
            return message(
                    202, call, "Check your mail", "We sent a letter to " + email + ". Follow its link to go on.");
        }
        Map<String, String> values = Map.of("typedEmail", email, "problem", reason(registration));
        int status = registration instanceof Registration.Busy ? 503 : 422;
        return pages.page(status, call.exchange(), "register", "Register", values);
    }

    private static String reason(Registration registration) {
        if (registration instanceof Registration.Rejected rejected) {
            return rejected.violations().stream()
                    .map(violation -> "The " + violation.field() + " " + violation.rule() + ".")
                    .collect(Collectors.joining(" "));
        }
        return "Too many people are registering. Try again in a moment.";
    }

    Answer verifyForm(Call call) {
        Map<String, String> values = Map.of("token", call.query("token").orElse(""));
        return pages.page(call.exchange(), "verify", "Confirm your address", values);
    }

    Answer verify(Call call) throws IOException {
        Secret token = Secret.of(call.form().field("token").orElse(""));
        if (auth.verify(token)) {
            Map<String, String> values =
                    Map.of("text", "Your address is confirmed.", "link", "/sign-in", "linkText", "Sign in");
            return pages.page(call.exchange(), "message", "Welcome", values);
        }
        return message(400, call, "That did not work", "The link is wrong, was used before, or is too old.");
    }

    private Answer message(int status, Call call, String title, String text) {
        return pages.page(status, call.exchange(), "message", title, Map.of("text", text));
    }
}
