// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.readiness.Finding;

/**
 * Limits that are other than declared for single accounts, as {@link dev.gatehouse.ratelimit.higher.HigherLimits} grants
 * them. Asked at every decision by account: implementations answer from memory. Thread-safe.
 */
public interface Overrides {

    /** The limit that holds for an account now: {@code limit} itself, or one of the same name and period. */
    Limit of(String account, Limit limit);

    /** Whether a customer who asks for more can be given it: for the readiness report, which rehearses it. */
    Finding check();

    /** No account has another limit than declared, and nobody can ask for one. */
    static Overrides none() {
        return NoOverrides.INSTANCE;
    }
}
