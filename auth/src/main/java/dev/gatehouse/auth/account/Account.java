// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.account;

import java.time.Instant;
import java.util.Set;

/**
 * An account, without its password. Immutable.
 *
 * @param id opaque and random, 1 to 32 characters
 * @param email the address as its owner typed it
 * @param status whether it may sign in
 * @param roles its roles
 * @param createdAt when its address was confirmed
 * @param epoch how often something happened that its sessions, links and caches must not outlive
 */
public record Account(String id, String email, Status status, Set<String> roles, Instant createdAt, long epoch) {

    private static final int MAX_ID = 32;

    /** Whether an account may sign in. */
    public enum Status {
        /** It may. */
        ACTIVE,
        /** It may not, and its sessions are dead. */
        DISABLED
    }

    /** A new account. */
    public Account(String id, String email, Status status, Set<String> roles, Instant createdAt) {
        this(id, email, status, roles, createdAt, 0);
    }

    /** Refuses an ID that no store could keep, and freezes the roles. */
    public Account {
        if (id.isBlank() || id.length() > MAX_ID) {
            throw new IllegalArgumentException(
                    "auth.account: id was '" + id + "' but must be 1 to " + MAX_ID + " characters");
        }
        roles = Set.copyOf(roles);
    }
}
