// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.guards;

import java.util.concurrent.Callable;

/**
 * A call behind the same policies, whoever's they are: a fallback, two retries, a circuit breaker over the last hundred calls,
 * a bulkhead of 32, and a timeout of a second or none.
 */
@FunctionalInterface
public interface GuardedCall {

    /** How many may run at a time. */
    int PLACES = 32;

    /** Over how many calls the circuit judges. */
    int WINDOW = 100;

    /** What stands in for an answer. */
    String FALLBACK = "fallback";

    /** Makes the call. */
    String call(Callable<String> work) throws Exception;

    /** The guard of this name; {@code bare} calls the work. */
    static GuardedCall named(String name, boolean withTimeout) {
        return switch (name) {
            case "bare" -> Callable::call;
            case "gatehouse" -> Gatehouse.guarded();
            case "resilience4j" -> Resilience4j.guarded(withTimeout);
            case "failsafe" -> FailsafeGuard.guarded(withTimeout);
            case "smallrye" -> SmallRye.guarded(withTimeout);
            default -> throw new IllegalArgumentException("benchmark: there is no guard '" + name + "'");
        };
    }

    /** Has work fail until the circuit is open and nothing is called any more. */
    default void open() throws Exception {
        boolean[] called = new boolean[1];
        do {
            called[0] = false;
            call(() -> {
                called[0] = true;
                throw new IllegalStateException("down");
            });
        } while (called[0]);
    }
}
