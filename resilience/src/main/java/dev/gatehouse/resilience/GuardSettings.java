// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.resilience.egress.Egress;
import java.time.Duration;

/**
 * What a guard does, apart from the world it does it in.
 *
 * @param name the dependency
 * @param timeout of one try
 * @param budget of all tries and pauses together
 * @param retries of calls that may be repeated
 * @param breaker when to stop calling
 * @param maxConcurrent how many calls may run at a time
 * @param maxWaiting how many more may wait until they may run
 * @param egress which hosts HTTP may go to
 * @param errors what exceptions say about the dependency
 */
record GuardSettings(
        String name,
        Duration timeout,
        Duration budget,
        Retries retries,
        Breaker breaker,
        int maxConcurrent,
        int maxWaiting,
        Egress egress,
        Errors errors) {

    /** A copy with this timeout and a budget for one try. */
    GuardSettings withTimeout(Duration value) {
        return new GuardSettings(name, value, value, retries, breaker, maxConcurrent, maxWaiting, egress, errors);
    }
}
