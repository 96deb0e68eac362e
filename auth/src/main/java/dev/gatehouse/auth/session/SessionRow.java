// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import dev.gatehouse.auth.token.TokenHash;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session as it is kept. Immutable.
 *
 * @param hash the hash of the token in use
 * @param id the public ID
 * @param account the account's ID
 * @param epoch the account's epoch that the session belongs to; it is dead in any other
 * @param signedInAt when the password was given
 * @param lastSeenAt when it was last used, to the minute
 * @param endsAt when it ends however much it is used
 * @param factorAt when a second factor was last used in it, null when never
 * @param client the client in a few words, at most 200 characters
 * @param actor the public ID of the session of whoever acts in this one as the account, null when its owner does
 * @param lineage what its tokens are made from
 * @param end that it is over, null while nobody ended it
 */
public record SessionRow(
        TokenHash hash,
        String id,
        String account,
        long epoch,
        Instant signedInAt,
        Instant lastSeenAt,
        Instant endsAt,
        @Nullable Instant factorAt,
        String client,
        @Nullable String actor,
        Lineage lineage,
        @Nullable End end) {

    /** The same, used at this time. */
    public SessionRow seen(Instant at) {
        return new SessionRow(hash, id, account, epoch, signedInAt, at, endsAt, factorAt, client, actor, lineage, end);
    }

    /** The same, its password given again at this time. */
    public SessionRow signedIn(Instant at) {
        return new SessionRow(hash, id, account, epoch, at, lastSeenAt, endsAt, factorAt, client, actor, lineage, end);
    }

    /** The same under another token. */
    public SessionRow rotated(TokenHash to, Lineage next, @Nullable Instant factor) {
        return new SessionRow(to, id, account, epoch, signedInAt, lastSeenAt, endsAt, factor, client, actor, next, end);
    }

    /** The same in another epoch. */
    public SessionRow carried(long to) {
        return new SessionRow(
                hash, id, account, to, signedInAt, lastSeenAt, endsAt, factorAt, client, actor, lineage, end);
    }

    /** When and why it is over by itself if it is not used again. */
    public End overBy(Duration idle) {
        Instant unused = lastSeenAt.plus(idle);
        return unused.isBefore(endsAt) ? new End(unused, EndReason.IDLE) : new End(endsAt, EndReason.ABSOLUTE);
    }

    /** The same, over. */
    public SessionRow ended(End how) {
        return new SessionRow(
                hash, id, account, epoch, signedInAt, lastSeenAt, endsAt, factorAt, client, actor, lineage, how);
    }
}
