// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.token.TokenHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where sessions are kept. Each verb is atomic. Whether a row is still live is for the caller to judge. */
public interface SessionStore {

    /** Keeps a new session. */
    void create(SessionRow row);

    /** The session of this token with its account, in one round trip. */
    Optional<Found> find(TokenHash hash);

    /** Notes that a session was used, unless a later use is noted already. */
    void touch(TokenHash hash, Instant seenAt);

    /** Gives a session a new token and notes that a factor was used; false when it is gone. The old token is dead. */
    boolean rotate(TokenHash from, TokenHash to, Instant factorAt);

    /** Ends the session of this token; false when there is none. */
    boolean end(TokenHash hash);

    /** Ends one session of an account; false when it has none of this ID. */
    boolean end(String account, String id);

    /** Ends an account's sessions but one; pass an empty ID to end all. Says how many. */
    int endAll(String account, String exceptId);

    /** An account's sessions, the latest used first. */
    List<SessionRow> of(String account);

    /** Removes sessions that ended before {@code now} or were not used since {@code idleSince}; says how many. */
    int purge(Instant now, Instant idleSince);

    /**
     * A session and whose it is.
     *
     * @param row the session
     * @param account its account
     * @param factor whether the account has a second factor enrolled
     */
    record Found(SessionRow row, Account account, boolean factor) {}
}
