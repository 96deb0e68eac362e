// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

/** What a decision was based on. */
public enum Basis {
    /** What this key has used, as the store has it. */
    STORE,
    /** What all newcomers together have used, because the space for keys was full. */
    SHARED_KEY,
    /** This instance's share of the limit, because the store did not answer. */
    LOCAL_SHARE,
    /** Nothing: everything is refused while the store does not answer. */
    CLOSED,
    /** Nothing: everything is allowed while the store does not answer. */
    OPEN
}
