// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import dev.gatehouse.auth.token.TokenHash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session as it is kept. Immutable.
 *
 * @param hash the token's hash
 * @param id the public ID
 * @param account the account's ID
 * @param signedInAt when the password was given
 * @param lastSeenAt when it was last used, to the minute
 * @param endsAt when it ends however much it is used
 * @param factorAt when a second factor was last used in it, null when never
 * @param client the client in a few words, at most 200 characters
 */
public record SessionRow(
        TokenHash hash,
        String id,
        String account,
        Instant signedInAt,
        Instant lastSeenAt,
        Instant endsAt,
        @Nullable Instant factorAt,
        String client) {}
