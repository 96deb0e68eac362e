// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.testing.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private static final LimitKey ALICE = LimitKey.account("alice");
    private static final Limit TEN = Limit.perMinute("ten", 10);
    private static final Limit THREE = Limit.of("three", 3, Duration.ofMinutes(15));

    private final ManualTime time = new ManualTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RateLimiter limiter =
            RateLimiter.builder().ticker(time).meters(meters).build();

    private void drain(Limit limit) {
        while (limiter.take(ALICE, limit, 1) instanceof Decision.Allowed) {
            // until it is empty
        }
    }

    @Nested
    class WithOneLimit {

        @Test
        void startsFull() {
            for (int i = 9; i >= 0; i--) {
                Decision decision = limiter.take(ALICE, TEN, 1);
                assertThat(decision).isInstanceOf(Decision.Allowed.class);
                assertThat(decision.statuses()).containsExactly(new LimitStatus("ten", 10, 60, i, 6L * (10 - i)));
            }
        }

        @Test
        void refusesTheRequestAfterTheLastPermit() {
            drain(TEN);

            Decision.Refused refused = (Decision.Refused) limiter.take(ALICE, TEN, 1);
            assertThat(refused.statuses()).containsExactly(new LimitStatus("ten", 10, 60, 0, 6));
            assertThat(refused.violated()).containsExactly("ten");
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(6));
        }

        @Test
        void refillsOneByOneAndNotAllAtOnce() {
            drain(TEN);
            time.advance(Duration.ofSeconds(6));

            assertThat(limiter.take(ALICE, TEN, 1)).isInstanceOf(Decision.Allowed.class);
            assertThat(limiter.take(ALICE, TEN, 1)).isInstanceOf(Decision.Refused.class);
        }

        @Test
        void neverHoldsMoreThanItsPermits() {
            time.advance(Duration.ofHours(1));

            assertThat(limiter.take(ALICE, TEN, 10)).isInstanceOf(Decision.Allowed.class);
            assertThat(limiter.take(ALICE, TEN, 1)).isInstanceOf(Decision.Refused.class);
        }

        @Test
        void isNotMovedByTheWallClock() {
            drain(TEN);
            time.stepClock(Duration.ofDays(365));

            assertThat(limiter.take(ALICE, TEN, 1)).isInstanceOf(Decision.Refused.class);
        }

        @Test
        void countsEachKeyByItself() {
            drain(TEN);

            assertThat(limiter.take(LimitKey.account("bob"), TEN, 1)).isInstanceOf(Decision.Allowed.class);
        }

        @Test
        void takesNothingWhenAskedHowItStands() {
            drain(TEN);
            time.advance(Duration.ofSeconds(15));

            assertThat(limiter.status(ALICE, TEN)).isEqualTo(new LimitStatus("ten", 10, 60, 2, 45));
            assertThat(limiter.status(ALICE, TEN)).isEqualTo(new LimitStatus("ten", 10, 60, 2, 45));
            assertThat(limiter.status(LimitKey.account("bob"), TEN)).isEqualTo(new LimitStatus("ten", 10, 60, 10, 0));
            assertThat(limiter.space().orElseThrow().held(LimitKey.Kind.ACCOUNT))
                    .isEqualTo(1);
        }

        @Test
        void refusesACostThatCouldNeverBeAdmitted() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> limiter.take(ALICE, TEN, 11))
                    .withMessageContaining("ratelimit.ten: cost was 11 but must be 1 to 10");
            assertThatIllegalArgumentException().isThrownBy(() -> limiter.take(ALICE, TEN, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> limiter.take(ALICE, TEN, -1));
        }
    }

    @Nested
    class WhenItSaysWhenToComeBack {

        @Test
        void isNeverTooEarlyNorASecondTooLate() {
            Random random = new Random(7);
            for (int round = 0; round < 2_000; round++) {
                Limit limit = Limit.of(
                        "round-" + round, 1 + random.nextInt(500), Duration.ofSeconds(1 + random.nextInt(4_000)));
                time.advance(Duration.ofNanos(random.nextInt(1_000_000_000)));
                limiter.take(ALICE, limit, limit.permits());
                long cost = 1L + random.nextInt((int) limit.permits());
                Decision.Refused refused = (Decision.Refused) limiter.take(ALICE, limit, cost);

                time.advance(Duration.ofSeconds(refused.retryAfterSeconds() - 1));
                if (!refused.retryAfter().equals(Duration.ofSeconds(refused.retryAfterSeconds() - 1))) {
                    assertThat(limiter.take(ALICE, limit, cost)).isInstanceOf(Decision.Refused.class);
                }
                time.advance(Duration.ofSeconds(1));
                assertThat(limiter.take(ALICE, limit, cost)).isInstanceOf(Decision.Allowed.class);
            }
        }

        @Test
        void saysOneSecondWhenLessIsLeft() {
            Decision.Refused refused =
                    (Decision.Refused) Decision.refused(List.of(TEN), 1, TEN.nanosToFill() - TEN.nanosAUnit() + 1);

            assertThat(refused.retryAfterSeconds()).isEqualTo(1);
        }
    }

    @Nested
    class WithSeveralLimits {

        @Test
        void takesFromAllOrFromNone() {
            List<Limit> both = List.of(TEN, THREE);
            for (int i = 0; i < 3; i++) {
                assertThat(limiter.take(ALICE, both, 1)).isInstanceOf(Decision.Allowed.class);
            }

            Decision.Refused refused = (Decision.Refused) limiter.take(ALICE, both, 1);
            assertThat(refused.statuses())
                    .containsExactly(new LimitStatus("ten", 10, 60, 7, 18), new LimitStatus("three", 3, 900, 0, 300));
            assertThat(refused.violated()).containsExactly("three");
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(5));
            assertThat(limiter.status(ALICE, TEN).remaining()).isEqualTo(7);
        }

        @Test
        void waitsForTheSlowestOfThoseThatRefused() {
            drain(TEN);
            drain(THREE);

            Decision.Refused refused = (Decision.Refused) limiter.take(ALICE, List.of(TEN, THREE), 1);

            assertThat(refused.violated()).containsExactly("ten", "three");
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(5));
        }

        @Test
        void keepsWhatWasUsedWhenTheLimitOfThatNameChanges() {
            limiter.take(ALICE, TEN, 5);

            assertThat(limiter.status(ALICE, Limit.perMinute("ten", 100)).remaining())
                    .isEqualTo(50);
        }
    }

    @Nested
    class WhenItCounts {

        @Test
        void blamesARefusalOnTheLimitThatRefused() {
            drain(THREE);
            limiter.take(ALICE, List.of(TEN, THREE), 1);

            assertThat(count("three", "refused")).isEqualTo(2);
            assertThat(count("three", "allowed")).isEqualTo(3);
            assertThat(meters.find("gatehouse.ratelimit.decisions")
                            .tag("limit", "ten")
                            .counters())
                    .allSatisfy(counter -> assertThat(counter.count()).isZero());
        }

        @Test
        void boundsTheNamesItCountsUnder() {
            for (int i = 0; i < 300; i++) {
                limiter.take(ALICE, Limit.perMinute("limit-" + i, 1), 1);
            }

            assertThat(meters.find("gatehouse.ratelimit.decisions").counters()).hasSizeLessThanOrEqualTo(2 * 101);
            assertThat(count("other", "allowed")).isEqualTo(200);
        }

        private double count(String limit, String outcome) {
            return meters.get("gatehouse.ratelimit.decisions")
                    .tag("limit", limit)
                    .tag("outcome", outcome)
                    .counter()
                    .count();
        }
    }
}
