// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.fault;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How a dependency is made to fail, and for how long. Immutable: each method makes a new one. Without further words it does
 * nothing but be in force.
 *
 * @param dependency its name
 * @param lasts for how long, 1 second to 1 hour
 * @param latency what every call waits
 * @param failures what happens to a share of the calls
 * @param seed of the sequence of draws: the same seed strikes the same calls, counted from the injection; without one, a
 *     fresh one is drawn and told in the audit event
 */
public record Fault(String dependency, Duration lasts, Latency latency, Failures failures, OptionalLong seed) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration SLOWEST = Duration.ofMinutes(10);

    /** Refuses what is out of bounds. */
    public Fault {
        require("lasts", lasts, SHORTEST, LONGEST);
    }

    /** A fault of this dependency that lasts so long. */
    public static Fault of(String dependency, Duration lasts) {
        return new Fault(dependency, lasts, Latency.NONE, Failures.NONE, OptionalLong.empty());
    }

    /** The same, and every call waits so long, up to 10 minutes. */
    public Fault slow(Duration by) {
        return slow(by, by);
    }

    /** The same, and every call waits a time drawn evenly from {@code least} to {@code most}, up to 10 minutes. */
    public Fault slow(Duration least, Duration most) {
        return new Fault(dependency, lasts, new Latency(least, most), failures, seed);
    }

    /** The same, and a share of the calls, 0 to 1, fails with {@link InjectedFaultException}. */
    public Fault failing(double share) {
        return failing(share, FaultKind.error());
    }

    /** The same, and {@code kind} happens to a share of the calls, 0 to 1. */
    public Fault failing(double share, FaultKind kind) {
        return new Fault(dependency, lasts, latency, new Failures(share, kind), seed);
    }

    /** The same, with this seed. */
    public Fault seeded(long value) {
        return new Fault(dependency, lasts, latency, failures, OptionalLong.of(value));
    }

    /** For people: {@code payments: 200 to 400 ms slower, reset for 0.5 of the calls, for 30 s}. */
    @Override
    public String toString() {
        return dependency + ": " + latency + ", " + failures + ", for " + lasts.toSeconds() + " s";
    }

    /**
     * What every call waits, drawn evenly between two bounds.
     *
     * @param least the shortest
     * @param most the longest, up to 10 minutes
     */
    public record Latency(Duration least, Duration most) {

        static final Latency NONE = new Latency(Duration.ZERO, Duration.ZERO);

        /** Refuses what is out of bounds. */
        public Latency {
            require("latency", least, Duration.ZERO, SLOWEST);
            require("latency.most", most, least, SLOWEST);
        }

        /** In nanoseconds, for a draw from 0 to 1. */
        long nanos(double draw) {
            return least.toNanos() + (long) (draw * most.minus(least).toNanos());
        }

        @Override
        public String toString() {
            return least.equals(most)
                    ? least.toMillis() + " ms slower"
                    : least.toMillis() + " to " + most.toMillis() + " ms slower";
        }
    }

    /**
     * What happens to a share of the calls.
     *
     * @param share 0 to 1
     * @param kind what happens
     */
    public record Failures(double share, FaultKind kind) {

        static final Failures NONE = new Failures(0, FaultKind.error());

        /** Refuses a share that is none, and a part of a port that refuses connections. */
        public Failures {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("resilience.faults.errorRate: was " + share + " but must be 0 to 1");
            }
            if (kind instanceof FaultKind.Refuse && share != 1) {
                throw new IllegalArgumentException("resilience.faults.errorRate: was " + share
                        + " but must be 1 for 'refuse', for a port listens or it does not");
            }
        }

        @Override
        public String toString() {
            return share == 0 ? "nothing failing" : kind.word() + " for " + share + " of the calls";
        }
    }

    private static void require(String place, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "resilience.faults." + place + ": was " + value + " but must be " + least + " to " + most);
        }
    }
}
