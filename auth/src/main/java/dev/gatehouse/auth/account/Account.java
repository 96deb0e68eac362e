// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.account;

import java.time.Instant;
import java.util.Set;

/**
 * An account, without its password. Immutable.
 *
 * @param id opaque and random
 * @param email the address as its owner typed it
 * @param status whether it may sign in
 * @param roles its roles
 * @param createdAt when its address was confirmed
 */
public record Account(String id, String email, Status status, Set<String> roles, Instant createdAt) {

    /** Whether an account may sign in. */
    public enum Status {
        /** It may. */
        ACTIVE,
        /** It may not, and its sessions are dead. */
        DISABLED
    }

    /** Freezes the roles. */
    public Account {
        roles = Set.copyOf(roles);
    }
}
