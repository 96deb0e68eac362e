// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GcraTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Limit TEN = Limit.perMinute("ten", 10);

    private static int admitted(Limit limit, long from, long now) {
        long state = from;
        int admitted = 0;
        while (true) {
            Gcra.Step step = Gcra.take(state, limit, 1, now);
            if (!step.allowed()) {
                return admitted;
            }
            state = step.state();
            admitted++;
        }
    }

    @Nested
    class WhenTheClockIsSet {

        private final long empty =
                Gcra.charge(Gcra.FULL, TEN, 10, 1_000 * SECOND).state();

        @Test
        void refusesForNoLongerThanTheLimitTakesToFillWhenItGoesBack() {
            long now = 10 * SECOND;

            Gcra.Step step = Gcra.charge(empty, TEN, 0, now);

            assertThat(step.owed()).isEqualTo(TEN.mostOwed());
            assertThat(admitted(TEN, step.state(), now + TEN.mostOwed())).isEqualTo(10);
        }

        @Test
        void admitsOneBurstMoreAndNoFurtherWhenItGoesForth() {
            long now = 100_000 * SECOND;

            assertThat(admitted(TEN, empty, now)).isEqualTo(10);
        }

        @Test
        void admitsNothingMoreWhenItGoesBackAndForth() {
            long state = empty;
            for (int i = 0; i < 50; i++) {
                Gcra.Step back = Gcra.take(state, TEN, 1, 1_000 * SECOND - i * SECOND);
                assertThat(back.allowed()).isFalse();
                Gcra.Step forth = Gcra.take(back.state(), TEN, 1, 1_000 * SECOND + i * SECOND / 10);
                assertThat(forth.allowed()).isFalse();
                state = forth.state();
            }
        }
    }

    @Nested
    class AtTheEdgesOfArithmetic {

        private final Limit longest =
                Limit.of("longest", 1, Duration.ofDays(366)).withBurst(10).withDebt(10);
        private final Limit fastest =
                Limit.perSecond("fastest", 1_000_000_000L).withBurst(300_000_000_000_000_000L / 1_000);

        @Test
        void owesNoMoreThanTheMostWhateverTheState() {
            for (long state : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
                for (long now : new long[] {-Long.MAX_VALUE, -1, 0, 1, Long.MAX_VALUE / 2}) {
                    assertThat(Gcra.owed(state, longest, now)).isBetween(0L, longest.mostOwed());
                }
            }
        }

        @Test
        void chargesAnyNumberOfUnitsWithoutOverflowing() {
            for (Limit limit : List.of(longest, fastest, TEN)) {
                assertThat(Gcra.charge(Gcra.FULL, limit, Long.MAX_VALUE, 0).owed())
                        .isEqualTo(limit.mostOwed());
                assertThat(Gcra.charge(limit.mostOwed(), limit, Long.MIN_VALUE, 0)
                                .owed())
                        .isZero();
            }
        }

        @Test
        void countsOneUnitInAYear() {
            Limit yearly = Limit.of("yearly", 1, Duration.ofDays(366));
            long state = Gcra.take(Gcra.FULL, yearly, 1, 5).state();

            assertThat(Gcra.take(state, yearly, 1, 4 + yearly.nanosToFill()).allowed())
                    .isFalse();
            assertThat(Gcra.take(state, yearly, 1, 5 + yearly.nanosToFill()).allowed())
                    .isTrue();
        }

        @Test
        void countsAThousandMillionUnitsASecond() {
            Gcra.Step step = Gcra.take(Gcra.FULL, fastest, fastest.burst(), 0);

            assertThat(step.allowed()).isTrue();
            assertThat(Gcra.take(step.state(), fastest, 1, 0).allowed()).isFalse();
            assertThat(Gcra.take(step.state(), fastest, 1, 1).allowed()).isTrue();
        }
    }

    @Nested
    class WhenTheLimitIsReplaced {

        @Test
        void keepsTheShareThatWasUsed() {
            long state = Gcra.take(Gcra.FULL, TEN, 6, 0).state();

            assertThat(admitted(Limit.perMinute("ten", 100), state, 0)).isEqualTo(40);
            assertThat(admitted(Limit.perMinute("ten", 5), state, 0)).isEqualTo(2);
        }

        @Test
        void neverAdmitsMoreThanTheLargestBurstAndTheFastestRateWhileItChangesAtEveryRequest() {
            List<Limit> limits = List.of(
                    TEN, Limit.perMinute("ten", 100), Limit.perMinute("ten", 3).withBurst(60));
            long state = Gcra.FULL;
            long admitted = 0;
            for (long now = 0; now < 600 * SECOND; now += SECOND / 7) {
                Gcra.Step step = Gcra.take(state, limits.get((int) (now / 7 % 3)), 1, now);
                state = step.state();
                admitted += step.allowed() ? 1 : 0;
                assertThat(admitted).isLessThanOrEqualTo(100 + 100 * (now / SECOND + 1) / 60);
            }
        }
    }

    @Test
    void neverRefillsFasterThanTheLimitSays() {
        for (long permits = 1; permits < 2_000; permits++) {
            Limit limit = Limit.perMinute("odd", permits);

            assertThat(limit.nanosAUnit() * permits).isBetween(60 * SECOND, 60 * SECOND + permits);
        }
    }
}
