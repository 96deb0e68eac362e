// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

/**
 * Who was refused, and by which limits.
 *
 * @param key whom they count
 * @param decision which limits, and for how long
 */
record Refusal(LimitKey key, Decision.Refused decision) {

    boolean isOf(LimitKey.Kind kind) {
        return key.kind() == kind;
    }

    /** Whether it says something of this client; a ceiling for all, or a store that is down, does not. */
    boolean isTheClients() {
        return !isOf(LimitKey.Kind.ROUTE) && decision.basis() != Basis.CLOSED;
    }
}
