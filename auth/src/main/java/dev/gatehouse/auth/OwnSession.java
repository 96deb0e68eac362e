// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.session.EndReason;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.session.SessionTokens;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.config.Secret;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changes that an account makes to itself from within a session: they end in a fresh token, the account's other sessions
 * end, and nothing is kept when the session is gone meanwhile.
 */
final class OwnSession {

    private final Parts parts;
    private final SessionFlow sessions;

    OwnSession(Parts parts, SessionFlow sessions) {
        this.parts = parts;
        this.sessions = sessions;
    }

    /** The session that asks, as the store has it now, past the cache; empty when somebody else acts in it. */
    Optional<Asking> asking(Secret token) {
        return TokenHash.of(token)
                .flatMap(hash -> parts.store()
                        .read(unit -> parts.live().look(unit, hash))
                        .filter(session -> !session.isImpersonated())
                        .map(session -> new Asking(session, hash)));
    }

    /** Runs a change in a transaction; gives back {@code lost}, and keeps nothing, when the session is gone. */
    <T> T change(Function<AuthUnit, T> work, T lost) {
        try {
            return parts.store().transact(work);
        } catch (SessionLostException e) {
            return lost;
        }
    }

    /** The session's new tokens; the account's other sessions end. */
    SessionTokens rotateAndEndOthers(AuthUnit unit, Asking asking, @Nullable Instant factorAt, EndReason reason) {
        sessions.endAll(unit, asking.account(), asking.session.id(), reason);
        return rotate(unit, asking, factorAt);
    }

    /** The session's new tokens; the old ones are dead. */
    SessionTokens rotate(AuthUnit unit, Asking asking, @Nullable Instant factorAt) {
        return sessions.rotate(unit, asking.session, asking.hash, factorAt).orElseThrow(SessionLostException::new);
    }

    /**
     * Who asks.
     *
     * @param session the session
     * @param hash its token's hash
     */
    record Asking(Session session, TokenHash hash) {

        String account() {
            return session.account();
        }
    }

    /** The session ended while the change was made: nothing of it is kept. */
    private static final class SessionLostException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
