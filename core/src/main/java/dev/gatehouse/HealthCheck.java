// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse;

import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * A question about the application's health. Checks run in parallel, each within its timeout, and an answer is kept for
 * a second.
 *
 * @param name unique among all checks, for people and dashboards
 * @param required whether the instance must be taken out of service while this is down; providers are never required
 * @param timeout how long it may take, up to a minute; later counts as down
 * @param probe finds out; what it throws counts as down
 */
public record HealthCheck(String name, boolean required, Duration timeout, Callable<HealthStatus> probe) {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** Refuses a check without a name, and one that could wait for no time or for longer than a minute. */
    public HealthCheck {
        if (name.isBlank()) {
            throw new IllegalArgumentException("health: a check's name must not be blank");
        }
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "health." + name + ": timeout was " + timeout + " but must be above 0 and at most a minute");
        }
    }

    /** A check without which the instance serves nothing: its own database. One second. */
    public static HealthCheck required(String name, Callable<HealthStatus> probe) {
        return new HealthCheck(name, true, TIMEOUT, probe);
    }

    /** A check that informs: a provider, a queue. One second. */
    public static HealthCheck informing(String name, Callable<HealthStatus> probe) {
        return new HealthCheck(name, false, TIMEOUT, probe);
    }
}
