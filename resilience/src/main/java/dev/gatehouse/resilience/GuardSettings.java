// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a guard does, apart from the world it does it in.
 *
 * @param name the dependency
 * @param timeout of one try
 * @param budget of all tries and pauses together
 * @param retries of calls that may be repeated
 * @param breaker when to stop calling
 * @param maxConcurrent how many calls may run at a time
 * @param hosts which hosts HTTP may go to, with or without a port
 * @param answers exceptions that are answers of a healthy dependency
 */
record GuardSettings(
        String name,
        Duration timeout,
        Duration budget,
        Retries retries,
        Breaker breaker,
        int maxConcurrent,
        Set<String> hosts,
        List<Class<? extends Exception>> answers) {

    /** A copy with this timeout and a budget for one try. */
    GuardSettings withTimeout(Duration value) {
        return new GuardSettings(name, value, value, retries, breaker, maxConcurrent, hosts, answers);
    }

    boolean isAnswer(Throwable thrown) {
        return answers.stream().anyMatch(type -> type.isInstance(thrown));
    }
}
