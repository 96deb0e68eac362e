// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.token.TokenHash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions are kept. Each verb is atomic. A session that was ended stays, with the reason, until it is purged;
 * whether a row that is found is live is for {@link Sessions#judge} to say.
 */
public interface SessionStore {

    /** Keeps a new session. */
    void create(SessionRow row);

    /** The session of this token with its account, in one round trip. */
    Optional<Found> find(TokenHash hash);

    /** The session of this public ID with its account, in one round trip. */
    Optional<Found> byId(String id);

    /** Notes that a session was used, unless a later use is noted already. */
    void touch(TokenHash hash, Instant seenAt);

    /**
     * Gives a session that nobody ended a new token and lineage, and notes that a factor was used unless
     * {@code factorAt} is null; false when there is no such session. The old token is dead.
     */
    boolean rotate(TokenHash from, TokenHash to, Lineage fresh, @Nullable Instant factorAt);

    /** Notes that the password was given again in a session. */
    void reauthenticated(String id, Instant at);

    /**
     * Puts {@code next} in place of {@code row}, which is the same session a generation earlier, and notes its use; false
     * when it is not of that lineage and generation any more, or is over. Of any number of callers, one succeeds.
     */
    boolean refresh(SessionRow row, SessionRow next);

    /** Ends the session of this token; false when there is none, or it is over already. */
    boolean end(TokenHash hash, End how);

    /** Ends one session of an account; false when it has none of this ID, or it is over already. */
    boolean end(String account, String id, End how);

    /** Ends an account's sessions but one; pass an empty ID to end all. Says how many. */
    int endAll(String account, String exceptId, End how);

    /** Takes an account's sessions that nobody ended from the epoch before to {@code epoch}. */
    void carry(String account, long epoch);

    /** An account's sessions that nobody ended, the latest used first. */
    List<SessionRow> of(String account);

    /** Ends the sessions that were not used for {@code idle}, with the time and reason that came first; says how many. */
    int expire(Instant now, Duration idle);

    /** Removes sessions that ended, or should have, by {@code endedBy} or were last used by {@code seenBy}. */
    int purge(Instant endedBy, Instant seenBy);

    /**
     * A session and whose it is.
     *
     * @param row the session
     * @param account its account
     * @param factor whether the account has a second factor enrolled
     */
    record Found(SessionRow row, Account account, boolean factor) {}
}
