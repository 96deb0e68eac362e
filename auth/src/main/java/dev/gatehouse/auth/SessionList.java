// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.session.EndReason;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.session.SessionRow;
import dev.gatehouse.auth.session.SessionSummary;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.auth.token.Tokens;
import dev.gatehouse.config.Secret;
import java.util.List;
import java.util.Optional;

/** What owners see of their sessions, and how they end them. */
final class SessionList {

    private final Parts parts;
    private final SessionFlow sessions;

    SessionList(Parts parts, SessionFlow sessions) {
        this.parts = parts;
        this.sessions = sessions;
    }

    List<SessionSummary> of(Session asking) {
        return parts.store().read(unit -> unit.sessions().of(asking.account())).stream()
                .filter(parts.sessions()::isLive)
                .map(row -> summary(row, asking))
                .toList();
    }

    private static SessionSummary summary(SessionRow row, Session asking) {
        return new SessionSummary(
                row.id(), row.id().equals(asking.id()), row.signedInAt(), row.lastSeenAt(), row.client());
    }

    Optional<EndReason> whyEnded(Secret token) {
        return TokenHash.of(token)
                .flatMap(hash -> parts.store().read(unit -> unit.sessions().find(hash)))
                .flatMap(parts.sessions()::over);
    }

    void logout(Secret token) {
        TokenHash.of(token)
                .ifPresent(hash -> parts.store().transact(unit -> {
                    sessions.end(unit, hash, EndReason.LOGOUT)
                            .ifPresent(account -> parts.trail().did(unit, "auth.logout", account));
                    return true;
                }));
    }

    boolean revoke(Session asking, String id) {
        return Tokens.isId(id)
                && parts.store().transact(unit -> {
                    boolean found = sessions.end(unit, asking.account(), id, EndReason.REVOKED);
                    if (found) {
                        parts.trail().did(unit, "auth.session.revoked", asking.account());
                    }
                    return found;
                });
    }

    void revokeOthers(Session asking) {
        revokeAllBut(asking, asking.id());
    }

    void revokeAll(Session asking) {
        revokeAllBut(asking, "");
    }

    private void revokeAllBut(Session asking, String exceptId) {
        parts.store().transact(unit -> {
            sessions.endAll(unit, asking.account(), exceptId, EndReason.REVOKED);
            parts.trail().did(unit, "auth.sessions.revoked", asking.account());
            return true;
        });
    }
}
