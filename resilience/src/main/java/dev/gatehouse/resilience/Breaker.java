// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.time.Duration;

/**
 * When a guard stops calling, and how it finds out that it may call again. Immutable.
 *
 * @param failurePercent the circuit opens when at least this share of the calls in the window failed or timed out, 1 to 100
 * @param window which calls count
 * @param slow which calls that answered count against the dependency all the same
 * @param openFor how long no call is made, 1 millisecond to 1 hour
 * @param probes how many calls are then made to find out, 1 to 100; if the same share of them fails, it opens again
 */
public record Breaker(int failurePercent, Window window, Slow slow, Duration openFor, int probes) {

    /** Refuses what is out of bounds. */
    public Breaker {
        Bounds.require("breaker.failurePercent", failurePercent, 1, 100);
        Bounds.require("breaker.openFor", openFor, Duration.ofMillis(1), Duration.ofHours(1));
        Bounds.require("breaker.probes", probes, 1, 100);
    }

    /** One that looks at the last {@code calls} calls, once {@code minimumCalls} were made. */
    public Breaker(int failurePercent, int calls, int minimumCalls, Duration openFor, int probes) {
        this(failurePercent, new LastCalls(calls, minimumCalls), Slow.NONE, openFor, probes);
    }

    /** Half of the last 20 calls, after at least 10; open for 10 seconds; 3 probes; slow answers are answers. */
    public static Breaker standard() {
        return new Breaker(50, 20, 10, Duration.ofSeconds(10), 3);
    }

    /** A copy that looks at so many of the last calls, once half as many were made. */
    public Breaker window(int calls) {
        return window(new LastCalls(calls, Math.max(1, calls / 2)));
    }

    /** A copy that looks at these calls. */
    public Breaker window(Window value) {
        return new Breaker(failurePercent, value, slow, openFor, probes);
    }

    /** A copy that opens, too, when this share of the calls in the window took longer than {@code than}. */
    public Breaker slow(int percent, Duration than) {
        return new Breaker(failurePercent, window, new Slow(percent, than), openFor, probes);
    }

    /** A copy that opens at this share of failures. */
    public Breaker failurePercent(int percent) {
        return new Breaker(percent, window, slow, openFor, probes);
    }

    /** A copy that makes no call for this long. */
    public Breaker openFor(Duration value) {
        return new Breaker(failurePercent, window, slow, value, probes);
    }

    /** A copy that makes so many calls to find out. */
    public Breaker probes(int calls) {
        return new Breaker(failurePercent, window, slow, openFor, calls);
    }

    /** Which calls count. */
    public sealed interface Window {

        /** How many there must be before shares of them count. */
        int minimumCalls();
    }

    /**
     * The last so many calls, however long ago they were.
     *
     * @param calls 1 to 10,000
     * @param minimumCalls 1 to {@code calls}
     */
    public record LastCalls(int calls, int minimumCalls) implements Window {

        /** Refuses what is out of bounds. */
        public LastCalls {
            Bounds.require("breaker.window", calls, 1, 10_000);
            Bounds.require("breaker.minimumCalls", minimumCalls, 1, calls);
        }
    }

    /**
     * The calls of the last so many seconds, however many they were.
     *
     * @param length 1 second to 1 hour, in whole seconds
     * @param minimumCalls 1 to 10,000
     */
    public record LastSeconds(Duration length, int minimumCalls) implements Window {

        /** Refuses what is out of bounds. */
        public LastSeconds {
            Bounds.require("breaker.window", length, Duration.ofSeconds(1), Duration.ofHours(1));
            if (!length.equals(Duration.ofSeconds(length.toSeconds()))) {
                throw new IllegalArgumentException(
                        "resilience.breaker.window: was " + length + " but must be whole seconds");
            }
            Bounds.require("breaker.minimumCalls", minimumCalls, 1, 10_000);
        }
    }

    /**
     * Which calls are slow: they answered, and count against the dependency all the same.
     *
     * @param percent the circuit opens when at least this share of the calls in the window was slow, 1 to 100
     * @param than a call that took longer is slow, 1 millisecond to 1 hour
     */
    public record Slow(int percent, Duration than) {

        /** No call is: none may take as long as an hour. */
        static final Slow NONE = new Slow(100, Duration.ofHours(1));

        /** Refuses what is out of bounds. */
        public Slow {
            Bounds.require("breaker.slow.percent", percent, 1, 100);
            Bounds.require("breaker.slow.than", than, Duration.ofMillis(1), Duration.ofHours(1));
        }
    }
}
