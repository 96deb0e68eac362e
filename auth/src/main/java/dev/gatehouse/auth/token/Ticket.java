// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.token;

import java.time.Duration;
import java.time.Instant;

/**
 * What a mailed or pending token stands for. Immutable.
 *
 * @param hash the token's hash
 * @param purpose what it is good for, and nothing else
 * @param subject whom it concerns: an address's key or an account's ID
 * @param email the address as typed, empty when it does not matter
 * @param payload what is to be done when it is used: the password hash of a registration; empty when nothing
 * @param attempts how many tries are left
 * @param expiresAt from when on it is worth nothing
 */
public record Ticket(
        TokenHash hash,
        Purpose purpose,
        String subject,
        String email,
        String payload,
        int attempts,
        Instant expiresAt) {

    /** What a ticket is good for. */
    public enum Purpose {
        /** Confirms an address and creates its account. */
        VERIFY_ADDRESS(Duration.ofHours(24)),
        /** Stands for a right password until the second factor was given. */
        SECOND_FACTOR(Duration.ofMinutes(5)),
        /** Lets its owner choose a new password. */
        RESET_PASSWORD(Duration.ofMinutes(30)),
        /** Confirms the new address of an account. */
        CHANGE_EMAIL(Duration.ofHours(1)),
        /** Gives an account its former address back. */
        REVERT_EMAIL(Duration.ofDays(7)),
        /** Lets its owner sign in though others have used up the attempts. */
        UNLOCK(Duration.ofHours(1));

        private final Duration life;

        Purpose(Duration life) {
            this.life = life;
        }

        /** How long such a ticket is good. */
        public Duration life() {
            return life;
        }
    }

    /** Shows neither address nor payload. */
    @Override
    public String toString() {
        return "Ticket[" + purpose + " " + hash + "]";
    }
}
