// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GcraTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Limit TEN = Limit.perMinute("ten", 10);

    private static final long KEY = 7;

    private final KeyTable table = new KeyTable(10);

    private boolean takes(Limit limit, long cost, long now) {
        return table.decide(KEY, List.of(limit), cost, false, now).allowed();
    }

    private static int admitted(BooleanSupplier taking) {
        int admitted = 0;
        while (taking.getAsBoolean()) {
            admitted++;
        }
        return admitted;
    }

    /** A segment by itself: what the table adds is that time never goes back behind a bucket that was dropped. */
    @Nested
    class WhenTheClockIsSet {

        private final Segment segment = new Segment();

        @BeforeEach
        void takeAll() {
            charge(10, 1_000 * SECOND);
        }

        private long charge(long units, long now) {
            Request request = new Request(KEY, List.of(TEN), units, true);
            long[] owed = new long[1];
            segment.read(request, now, owed);
            segment.write(request, now, owed);
            return owed[0];
        }

        private boolean takes(long now) {
            return Objects.requireNonNull(segment.take(KEY, List.of(TEN), 1, now))
                    .allowed();
        }

        @Test
        void owesNoMoreThanTheMostOnceChargedWhenItGoesBack() {
            long now = 10 * SECOND;

            assertThat(charge(1, now)).isEqualTo(TEN.mostOwed());
            assertThat(admitted(() -> takes(now + TEN.mostOwed()))).isEqualTo(10);
        }

        @Test
        void admitsOneBurstMoreAndNoFurtherWhenItGoesForth() {
            assertThat(admitted(() -> takes(100_000 * SECOND))).isEqualTo(10);
        }

        @Test
        void admitsNothingMoreWhenItGoesBackAndForth() {
            for (int i = 0; i < 50; i++) {
                assertThat(takes(1_000 * SECOND - i * SECOND)).isFalse();
                assertThat(takes(1_000 * SECOND + i * SECOND / 10)).isFalse();
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
                assertThat(table.decide(KEY, List.of(limit), Long.MAX_VALUE, true, 0)
                                .owed(0))
                        .isEqualTo(limit.mostOwed());
                assertThat(table.decide(KEY, List.of(limit), Long.MIN_VALUE, true, 0)
                                .owed(0))
                        .isZero();
            }
        }

        @Test
        void countsOneUnitInAYear() {
            Limit yearly = Limit.of("yearly", 1, Duration.ofDays(366));

            assertThat(takes(yearly, 1, 5)).isTrue();
            assertThat(takes(yearly, 1, 4 + yearly.nanosToFill())).isFalse();
            assertThat(takes(yearly, 1, 5 + yearly.nanosToFill())).isTrue();
        }

        @Test
        void countsAThousandMillionUnitsASecond() {
            assertThat(takes(fastest, fastest.burst(), 0)).isTrue();
            assertThat(takes(fastest, 1, 0)).isFalse();
            assertThat(takes(fastest, 1, 1)).isTrue();
        }
    }

    @Nested
    class WhenTheLimitIsReplaced {

        @ParameterizedTest
        @CsvSource({"100, 40", "5, 2"})
        void keepsTheShareThatWasUsed(long permits, int left) {
            assertThat(takes(TEN, 6, 0)).isTrue();

            assertThat(admitted(() -> takes(Limit.perMinute("ten", permits), 1, 0)))
                    .isEqualTo(left);
        }

        @Test
        void neverAdmitsMoreThanTheLargestBurstAndTheFastestRateWhileItChangesAtEveryRequest() {
            List<Limit> limits = List.of(
                    TEN, Limit.perMinute("ten", 100), Limit.perMinute("ten", 3).withBurst(60));
            long admitted = 0;
            for (long now = 0; now < 600 * SECOND; now += SECOND / 7) {
                admitted += takes(limits.get((int) (now / 7 % 3)), 1, now) ? 1 : 0;
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
