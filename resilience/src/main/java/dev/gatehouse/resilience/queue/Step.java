// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.time.Instant;

/** What becomes of a job after an attempt. */
sealed interface Step {

    /** It is done and forgotten. */
    record Remove() implements Step {}

    /** It goes back, to begin at {@code at}, with so many failures counted. */
    record Again(Instant at, int failures, String error) implements Step {}

    /** It becomes a dead letter after so many attempts. */
    record Bury(int attempts, String reason) implements Step {}
}
