// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.session.SessionTokens;
import dev.gatehouse.auth.session.Sessions.Opened;
import dev.gatehouse.config.Secret;
import dev.gatehouse.readiness.Finding;

/** A4 and A5: plays an account on several devices, and the exchange of refresh tokens. */
final class DeviceRehearsal {

    private final Auth auth;
    private final Proof proof;

    DeviceRehearsal(Auth auth) {
        this.auth = auth;
        this.proof = new Proof(auth.parts().clock());
    }

    /** A4: sessions are listed, and ended one by one or all others at once, by their owner only. */
    Finding devices() {
        return Proof.judged(
                Stage.play(auth, this::deviceFault),
                proof.of(
                        "rehearsed on the store",
                        "three devices of one account, one of another; end one, end all others"),
                proof.of(
                        "sessions an account can have",
                        auth.parts().sessions().settings().limit().toString()));
    }

    private String deviceFault(Stage stage) {
        Account owner = stage.account("rehearsal");
        Opened mine = stage.session(owner, null);
        Opened other = stage.session(owner, null);
        Session asking = look(stage, mine);
        if (stage.auth.sessions(asking).size() != 2) {
            return "the list of sessions does not show both";
        }
        Session stranger = look(stage, stage.session(stage.account("rehearsal"), null));
        if (stage.auth.revoke(stranger, other.row().id()) || !isLive(stage, other)) {
            return "a stranger can end a session";
        }
        if (!stage.auth.revoke(asking, other.row().id()) || isLive(stage, other)) {
            return "a session that was ended is live";
        }
        Opened third = stage.session(owner, null);
        stage.auth.revokeOthers(asking);
        return isLive(stage, third) || !isLive(stage, mine) ? "ending all others did not end just them" : "";
    }

    private static Session look(Stage stage, Opened opened) {
        return stage.auth.sessionNow(opened.tokens().session()).orElseThrow();
    }

    private static boolean isLive(Stage stage, Opened opened) {
        return stage.auth.sessionNow(opened.tokens().session()).isPresent();
    }

    /** A5: a refresh token gives one successor, the same again within the grace, and dies with its family when stale. */
    Finding refresh() {
        return Proof.judged(
                Stage.play(auth, this::refreshFault),
                proof.of(
                        "rehearsed on the store",
                        "rotated, repeated within the grace, rotated again, presented stale"));
    }

    private String refreshFault(Stage stage) {
        SessionTokens first = stage.session(stage.account("rehearsal"), null).tokens();
        if (!(stage.auth.refresh(first.refresh()) instanceof Refresh.Refreshed second)) {
            return "a refresh token gives no successor";
        }
        if (!(stage.auth.refresh(first.refresh()) instanceof Refresh.Refreshed again)
                || !again.tokens().equals(second.tokens())) {
            return "a repeated refresh does not give the same successor";
        }
        if (!(stage.auth.refresh(second.tokens().refresh()) instanceof Refresh.Refreshed third)) {
            return "the successor gives none itself";
        }
        boolean noticed = stage.auth.refresh(first.refresh()) instanceof Refresh.Reused;
        Secret latest = third.tokens().session();
        return !noticed || stage.auth.sessionNow(latest).isPresent() ? "a stolen refresh token goes unnoticed" : "";
    }
}
