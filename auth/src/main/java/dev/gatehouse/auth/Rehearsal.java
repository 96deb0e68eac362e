// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.lockout.AttemptPolicy;
import dev.gatehouse.auth.session.EndReason;
import dev.gatehouse.auth.session.SessionMint.Minted;
import dev.gatehouse.auth.session.SessionRow;
import dev.gatehouse.auth.session.SessionSettings;
import dev.gatehouse.auth.session.SessionStore.Found;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Plays an account's life on the real store, in transactions that are never kept. */
final class Rehearsal {

    private final Parts parts;

    Rehearsal(Parts parts) {
        this.parts = parts;
    }

    /** A3: a fresh session is live; an idle one, an old one and one signed out are not. */
    Finding sessions() {
        SessionSettings settings = parts.sessions().settings();
        String fault = parts.store().rehearse(unit -> sessionFault(unit, settings));
        Evidence[] evidence = {
            evidence("unused sessions end after", settings.idle().toString()),
            evidence("any session ends after", settings.absolute().toString()),
            evidence("rehearsed on the store", "fresh, idle, old and signed-out session")
        };
        return fault.isEmpty() ? Finding.verified(evidence) : Finding.failed(fault, evidence);
    }

    private String sessionFault(AuthUnit unit, SessionSettings settings) {
        Instant now = parts.clock().instant();
        String account = account(unit, now);
        if (!isLive(unit, account, now, now.plus(settings.absolute()))) {
            return "a fresh session is not live";
        }
        if (isLive(unit, account, now.minus(settings.idle()), now.plus(settings.absolute()))) {
            return "an idle session is live";
        }
        if (isLive(unit, account, now, now)) {
            return "a session past its end is live";
        }
        SessionRow row = row(account, now, now.plus(settings.absolute()));
        unit.sessions().create(row);
        unit.sessions().end(row.hash(), parts.sessions().end(EndReason.LOGOUT));
        return isLive(unit, row) ? "a session that was signed out is live" : "";
    }

    private boolean isLive(AuthUnit unit, String account, Instant seenAt, Instant endsAt) {
        SessionRow row = row(account, seenAt, endsAt);
        unit.sessions().create(row);
        return isLive(unit, row);
    }

    private boolean isLive(AuthUnit unit, SessionRow row) {
        Optional<Found> found = unit.sessions().find(row.hash());
        return found.flatMap(parts.sessions()::judge).isPresent();
    }

    private SessionRow row(String account, Instant seenAt, Instant endsAt) {
        String id = parts.tokens().id();
        Minted minted = parts.sessions().mint(id);
        return new SessionRow(
                minted.hash(), id, account, 0, seenAt, seenAt, endsAt, null, "rehearsal", null, minted.lineage(), null);
    }

    private String account(AuthUnit unit, Instant now) {
        String id = parts.tokens().id();
        Account account = new Account(id, id + "@rehearsal.invalid", Account.Status.ACTIVE, Set.of(), now);
        unit.accounts().create(account, account.email(), "rehearsal");
        return id;
    }

    /** A6: of more attempts than the policy allows, just so many are granted. */
    Finding attempts() {
        AttemptPolicy policy = AttemptPolicy.LOGIN;
        int granted = parts.store().rehearse(unit -> granted(unit, policy));
        Evidence evidence = evidence(
                "attempts granted of " + tried(policy), granted + " within " + seconds(policy.window()) + " s");
        return granted == policy.limit()
                ? Finding.verified(evidence)
                : Finding.failed("the store granted " + granted + " attempts instead of " + policy.limit(), evidence);
    }

    private int granted(AuthUnit unit, AttemptPolicy policy) {
        String key = "rehearsal" + parts.tokens().id();
        int granted = 0;
        for (int i = 0; i < tried(policy); i++) {
            granted += unit.attempts().reserve(key, policy, parts.clock().instant()) ? 1 : 0;
        }
        return granted;
    }

    private static int tried(AttemptPolicy policy) {
        return 2 * policy.limit();
    }

    private static long seconds(Duration time) {
        return time.toSeconds();
    }

    private Evidence evidence(String what, String value) {
        return new Evidence(what, value, Proof.SOURCE, parts.clock().instant());
    }
}
