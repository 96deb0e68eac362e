// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.Confirmation;
import dev.gatehouse.auth.Enrolment;
import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.session.SessionSummary;
import dev.gatehouse.config.Secret;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Problems;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The account: who it is, its devices, its second factor. */
final class AccountPages {

    private final Auth auth;
    private final Pages pages;

    AccountPages(Auth auth, Pages pages) {
        this.auth = auth;
        this.pages = pages;
    }

    Answer account(Call call) {
        Session session = call.session();
        boolean hasFactor = session.factors().contains(FactorKind.TOTP);
        Map<String, Object> values = Map.of(
                "roles",
                session.roles().isEmpty() ? "none" : String.join(", ", session.roles()),
                "expiresAt",
                session.expiresAt(),
                "factor",
                hasFactor ? "an authenticator app" : "none yet",
                "canEnrol",
                !hasFactor,
                "sessions",
                auth.sessions(session).stream().map(AccountPages::row).toList());
        return pages.page(call.exchange(), "account", "Your account", values);
    }

    private static Map<String, Object> row(SessionSummary session) {
        return Map.of(
                "id", session.id(),
                "current", session.current(),
                "createdAt", session.createdAt(),
                "lastSeenAt", session.lastSeenAt(),
                "client", session.client());
    }

    Answer endSession(Call call) {
        if (!auth.revoke(call.session(), call.exchange().pathVariable("id"))) {
            throw new Refusal(Problems.notFound());
        }
        return Answer.seeOther("/account");
    }

    Answer enrol(Call call) {
        if (auth.enrolTotp(call.session()) instanceof Enrolment.Started started) {
            Map<String, String> values = Map.of(
                    "secret", started.secret().reveal(), "uri", started.uri().reveal());
            return pages.page(call.exchange(), "enrol", "Set up an authenticator app", values);
        }
        return pages.page(
                403,
                call.exchange(),
                "message",
                "Sign in again first",
                Map.of("text", "To change your second factor, sign out and in again.", "link", "", "linkText", ""));
    }

    Answer confirm(Call call) throws IOException {
        Secret code = Secret.of(call.form().field("code").orElse(""));
        Secret token = auth.cookies().session(call.exchange()).orElseThrow(() -> new Refusal(Problems.unauthorized()));
        if (!(auth.confirmTotp(token, code) instanceof Confirmation.Confirmed confirmed)) {
            throw Refusal.of(422, "That code is wrong", "Go back and type the six digits the app shows now.");
        }
        auth.cookies().write(call.exchange(), confirmed.tokens());
        List<String> codes =
                confirmed.recoveryCodes().stream().map(Secret::reveal).toList();
        return pages.page(call.exchange(), "recovery", "Your recovery codes", Map.of("codes", codes));
    }
}
