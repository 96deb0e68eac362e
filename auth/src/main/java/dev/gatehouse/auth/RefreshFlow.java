// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.AuthMeters.Refreshing;
import dev.gatehouse.auth.session.EndReason;
import dev.gatehouse.auth.session.RefreshRules;
import dev.gatehouse.auth.session.RefreshRules.Step;
import dev.gatehouse.auth.session.SessionRow;
import dev.gatehouse.auth.session.SessionStore.Found;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.config.Secret;
import java.util.Optional;

/** Exchanges a refresh token for its successor, in one transaction whose heart is one compare-and-set. */
final class RefreshFlow {

    private final Parts parts;
    private final SessionFlow sessions;
    private final RefreshRules rules;

    RefreshFlow(Parts parts, SessionFlow sessions, RefreshRules rules) {
        this.parts = parts;
        this.sessions = sessions;
        this.rules = rules;
    }

    Refresh refresh(Secret token) {
        Optional<String> id = rules.session(token);
        return id.isEmpty() ? unknown() : parts.store().transact(unit -> refresh(unit, token, id.get()));
    }

    private Refresh refresh(AuthUnit unit, Secret token, String id) {
        Optional<Found> found = unit.sessions().byId(id);
        if (found.isEmpty()) {
            return unknown();
        }
        SessionRow row = found.get().row();
        Step step = rules.judge(token, found.get());
        if (!(step instanceof Step.Rotate rotate)) {
            return answer(unit, step, row);
        }
        if (!unit.sessions().refresh(row, rotate.next())) {
            return second(unit, token, row);
        }
        // Old tokens that other instances have in their caches are of this same session, and gone in five seconds.
        unit.afterwards(() -> parts.live().drop(row.account()));
        parts.trail().did(unit, "auth.session.refreshed", row.account());
        parts.meters().refresh(Refreshing.ROTATED);
        return new Refresh.Refreshed(row.account(), rotate.tokens());
    }

    /** Somebody else changed the session first. What they left is not what this token rotates. */
    private Refresh second(AuthUnit unit, Secret token, SessionRow row) {
        Step step = unit.sessions()
                .byId(row.id())
                .map(left -> rules.judge(token, left))
                .orElse(new Step.Foreign());
        if (step instanceof Step.Rotate) {
            throw new IllegalStateException(
                    "auth.session: the store must be READ COMMITTED, but hides what others wrote");
        }
        return answer(unit, step, row);
    }

    private Refresh answer(AuthUnit unit, Step step, SessionRow row) {
        if (step instanceof Step.Repeat repeat) {
            parts.meters().refresh(Refreshing.REPEATED);
            return new Refresh.Refreshed(row.account(), repeat.tokens());
        }
        if (step instanceof Step.Over over) {
            parts.meters().refresh(Refreshing.ENDED);
            return new Refresh.Ended(over.reason());
        }
        return step instanceof Step.Reuse ? reused(unit, row) : unknown();
    }

    private Refresh reused(AuthUnit unit, SessionRow row) {
        if (!sessions.end(unit, row.account(), row.id(), EndReason.REFRESH_REUSED)) {
            return new Refresh.Ended(EndReason.REFRESH_REUSED);
        }
        parts.trail().noticed(unit, "auth.session.refresh-reused", row.account());
        parts.meters().refresh(Refreshing.REUSED);
        return new Refresh.Reused(row.account());
    }

    private Refresh unknown() {
        parts.meters().refresh(Refreshing.UNKNOWN);
        return new Refresh.Unknown();
    }
}
