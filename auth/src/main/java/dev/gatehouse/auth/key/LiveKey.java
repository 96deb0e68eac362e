// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.key;

import java.time.Instant;
import java.util.Set;

/**
 * A live API key, whose it is and what it may do. Immutable; it holds no key.
 *
 * @param id the key's public ID
 * @param account the opaque ID of the account it acts for
 * @param scopes what it was made for, as far as the account may still grant it
 * @param permissions what the account's roles allow; privileged ones only when a second factor had been used in the
 *     session that made the key, and is still there
 * @param expiresAt from when on it is worth nothing
 */
public record LiveKey(String id, String account, Set<String> scopes, Set<String> permissions, Instant expiresAt) {

    /** Freezes the sets. */
    public LiveKey {
        scopes = Set.copyOf(scopes);
        permissions = Set.copyOf(permissions);
    }
}
