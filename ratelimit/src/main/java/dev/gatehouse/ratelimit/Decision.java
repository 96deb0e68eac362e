// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What was decided, with the status of every limit that was asked. Immutable. A decision keeps the limits and what is
 * owed to them; everything else is worked out when it is asked for.
 */
public sealed interface Decision {

    /** The limits that were asked, in the order asked. */
    List<Limit> limits();

    /** Nanoseconds until the bucket of limit {@code index} is full again: 0 when it is, beyond its fill time in debt. */
    long owed(int index);

    /** What the decision was based on. */
    Basis basis();

    /** The same decision, said to be based on something else. */
    Decision on(Basis other);

    /** Whether the request may proceed. */
    default boolean allowed() {
        return this instanceof Allowed;
    }

    /** Whether it was decided on something else than what the key itself has used. */
    default boolean degraded() {
        return basis() != Basis.STORE;
    }

    /** Whole units left of limit {@code index}, never negative. */
    default long remaining(int index) {
        return Math.max(0, Gcra.remaining(owed(index), limits().get(index)));
    }

    /**
     * Nanoseconds until limit {@code index} is full again; for a limit that refused, until the same request would be
     * admitted.
     */
    default long nanosToReset(int index) {
        return owed(index);
    }

    /** Every limit that was asked, in the order asked. */
    default List<LimitStatus> statuses() {
        return IntStream.range(0, limits().size())
                .mapToObj(i -> LimitStatus.of(limits().get(i), remaining(i), nanosToReset(i)))
                .toList();
    }

    /** The units were taken, and so much is owed to each limit now. The arrays are not copied. */
    static Decision allowed(List<Limit> limits, long... owed) {
        return new Allowed(limits, 0, owed, Basis.STORE);
    }

    /** The units were taken, and so much is owed to the only limit now. */
    static Decision allowed(List<Limit> limits, long owed) {
        return new Allowed(limits, owed, null, Basis.STORE);
    }

    /** Nothing was taken of {@code cost} units, and so much was owed to each limit before. The arrays are not copied. */
    static Decision refused(List<Limit> limits, long cost, long... owed) {
        return new Refused(limits, cost, owed, Basis.STORE);
    }

    /** Every limit had the units, and they were taken. */
    final class Allowed implements Decision {

        private final List<Limit> limits;
        private final long only;
        private final long @Nullable [] owed;
        private final Basis basis;

        /** An array only for several limits: most decisions are about one, and there are many of them. */
        private Allowed(List<Limit> limits, long only, long @Nullable [] owed, Basis basis) {
            this.limits = limits;
            this.only = only;
            this.owed = owed;
            this.basis = basis;
        }

        @Override
        public List<Limit> limits() {
            return limits;
        }

        @Override
        public long owed(int index) {
            return owed == null ? only : owed[index];
        }

        @Override
        public Basis basis() {
            return basis;
        }

        @Override
        public Decision on(Basis other) {
            return new Allowed(limits, only, owed, other);
        }

        @Override
        public String toString() {
            return "Allowed" + statuses();
        }
    }

    /** Some limit lacked the units; nothing was taken from any. */
    final class Refused implements Decision {

        private final List<Limit> limits;
        private final long cost;
        private final long[] owed;
        private final Basis basis;

        private Refused(List<Limit> limits, long cost, long[] owed, Basis basis) {
            this.limits = limits;
            this.cost = cost;
            this.owed = owed;
            this.basis = basis;
        }

        @Override
        public List<Limit> limits() {
            return limits;
        }

        @Override
        public long owed(int index) {
            return owed[index];
        }

        @Override
        public Basis basis() {
            return basis;
        }

        @Override
        public Decision on(Basis other) {
            return new Refused(limits, cost, owed, other);
        }

        /** Whether limit {@code index} is one of those that refused. */
        public boolean violates(int index) {
            return nanosToAdmit(index) > 0;
        }

        /** The names of the limits that refused, at least one. */
        public List<String> violated() {
            return IntStream.range(0, limits.size())
                    .filter(this::violates)
                    .mapToObj(i -> limits.get(i).name())
                    .toList();
        }

        /** How long until every limit would admit the same request, if nobody else takes anything. */
        public Duration retryAfter() {
            long wait = 0;
            for (int i = 0; i < owed.length; i++) {
                wait = Math.max(wait, nanosToAdmit(i));
            }
            return Duration.ofNanos(wait);
        }

        /** {@link #retryAfter} in whole seconds, rounded up, at least 1: never early. */
        public long retryAfterSeconds() {
            return Math.max(1, Seconds.roundedUp(retryAfter().toNanos()));
        }

        @Override
        public long nanosToReset(int index) {
            return violates(index) ? nanosToAdmit(index) : owed[index];
        }

        @Override
        public String toString() {
            return "Refused" + statuses();
        }

        private long nanosToAdmit(int index) {
            return Gcra.nanosToAdmit(owed[index], limits.get(index), cost);
        }
    }
}
