// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.key;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API key as its owner sees it in a list. Immutable; it holds no key.
 *
 * @param id the key's public ID, for lists, limits, the audit log and for revoking it
 * @param account the account it acts for
 * @param name what its owner calls it
 * @param prefix how the key begins, to tell it from others
 * @param scopes what it was made for
 * @param createdAt when it was made
 * @param expiresAt from when on it is worth nothing
 * @param lastUsedAt when it was last used, to the minute; null when never
 */
public record ApiKey(
        String id,
        String account,
        String name,
        String prefix,
        Set<String> scopes,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt) {

    /** Freezes the scopes. */
    public ApiKey {
        scopes = Set.copyOf(scopes);
    }

    /** The same, used at this time. */
    public ApiKey usedAt(Instant at) {
        return new ApiKey(id, account, name, prefix, scopes, createdAt, expiresAt, at);
    }
}
