// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.session.Sessions.Opened;
import dev.gatehouse.auth.token.Ticket.Purpose;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.config.Secret;
import dev.gatehouse.readiness.Finding;
import java.time.Instant;
import java.util.List;

/** A2: plays a reset of a forgotten password, of a known and of an unknown address. */
final class ResetRehearsal {

    private final Auth auth;
    private final Proof proof;

    ResetRehearsal(Auth auth) {
        this.auth = auth;
        this.proof = new Proof(auth.parts().clock());
    }

    Finding run() {
        return Proof.judged(
                Stage.play(auth, this::fault),
                proof.of("rehearsed on the store", "a known and an unknown address; token used twice, late, made up"),
                proof.of("a token is good for", Purpose.RESET_PASSWORD.life().toString()),
                proof.of("tokens are kept as", "SHA-256 of 256 random bits"));
    }

    private String fault(Stage stage) {
        Account account = stage.account("rehearsal");
        Opened session = stage.session(account, null);
        stage.auth.recovery().requestReset(account.email());
        stage.auth.recovery().requestReset(stage.unknown().text());
        if (!stage.mails.stream()
                .map(AuthMail::kind)
                .toList()
                .equals(List.of(AuthMail.Kind.RESET_PASSWORD, AuthMail.Kind.DECOY))) {
            return "a known and an unknown address did not queue one mail each";
        }
        Secret token = stage.mails.get(0).token();
        return token == null ? "the mail has no token" : fault(stage, token, session);
    }

    private String fault(Stage stage, Secret token, Opened session) {
        Instant late = stage.parts().clock().instant().plus(Purpose.RESET_PASSWORD.life());
        TokenHash hash = TokenHash.of(token).orElseThrow();
        if (stage.unit.tickets().find(hash, Purpose.RESET_PASSWORD, late).isPresent()) {
            return "a token does not expire";
        }
        if (isDone(stage, random(stage))) {
            return "a token that was made up works";
        }
        if (!isDone(stage, token)) {
            return "a token does not work";
        }
        if (isDone(stage, token)) {
            return "a token works twice";
        }
        return stage.auth.session(session.tokens().session()).isPresent() ? "a session survives a reset" : "";
    }

    private static boolean isDone(Stage stage, Secret token) {
        return stage.auth.recovery().resetPassword(token, random(stage)) instanceof PasswordReset.Done;
    }

    private static Secret random(Stage stage) {
        return stage.parts().tokens().issue().token();
    }
}
