// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ratelimit.Basis;
import dev.gatehouse.ratelimit.Decision;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.LimitStore;
import dev.gatehouse.ratelimit.LimitStore.Ask;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every {@link LimitStore} holds. Keys are new in each test, so that a store may be shared between them. Where the
 * clock is the store's own, the limits are so slow that nothing is refilled while a test runs.
 */
public abstract class LimitStoreContract {

    /** So slow that a unit takes days to come back. */
    protected static final Limit TEN = Limit.of("ten", 10, Duration.ofDays(50));

    private static final Limit HUNDRED = Limit.of("hundred", 100, Duration.ofDays(50));
    private static final Limit SEVEN = Limit.of("seven", 7, Duration.ofDays(50));

    /** A key that nobody has used. */
    protected final LimitKey key = LimitKey.account(UUID.randomUUID().toString());

    /** One of four instances, 0 to 3, that share what they keep; the same object where there is but one. */
    protected abstract LimitStore instance(int number);

    /** Lets so much time pass on the store's clock, or a little more. */
    protected abstract void letPass(Duration time) throws Exception;

    /** Whether nobody ever sees only some of a request's limits taken from; else they are given back. */
    protected boolean takesFromAllAtOnce() {
        return true;
    }

    private Decision take(Limit limit, long cost) {
        return instance(0).take(key, List.of(limit), cost);
    }

    private Decision charge(Limit limit, long units) {
        return instance(0).charge(key, List.of(limit), units);
    }

    private long remaining(Limit limit) {
        return charge(limit, 0).remaining(0);
    }

    @Nested
    class WithOneLimit {

        @Test
        void startsFullAndRefusesTheRequestAfterTheLastPermit() {
            for (int left = 9; left >= 0; left--) {
                Decision decision = take(TEN, 1);
                assertThat(decision.allowed()).isTrue();
                assertThat(decision.remaining(0)).isEqualTo(left);
                assertThat(decision.basis()).isEqualTo(Basis.STORE);
            }

            assertThat(take(TEN, 1).allowed()).isFalse();
        }

        @Test
        void takesTheWholeBurstAtOnce() {
            assertThat(take(TEN, 10).allowed()).isTrue();
            assertThat(take(TEN, 1).allowed()).isFalse();
        }

        @Test
        void takesNothingWhenItRefuses() {
            take(TEN, 8);

            assertThat(take(TEN, 3).allowed()).isFalse();
            assertThat(take(TEN, 2).allowed()).isTrue();
        }

        @Test
        void saysWhenTheSameRequestWouldBeAdmitted() {
            take(TEN, 10);

            Decision.Refused refused = (Decision.Refused) take(TEN, 2);

            assertThat(refused.violated()).containsExactly("ten");
            assertThat(refused.retryAfter())
                    .isBetween(
                            Duration.ofNanos(2 * TEN.nanosAUnit()).minusMinutes(1),
                            Duration.ofNanos(2 * TEN.nanosAUnit()));
        }

        @Test
        void refillsWithTime() throws Exception {
            Limit quick = Limit.perSecond("quick", 2).withBurst(1);
            while (take(quick, 1).allowed()) {
                // until it is empty
            }
            letPass(Duration.ofMillis(500));

            assertThat(take(quick, 1).allowed()).isTrue();
        }
    }

    @Nested
    class WithManyWhoAskAtOnce {

        @Test
        void admitsExactlyTheBurstOverFourInstances() throws Exception {
            assertThat(Crowd.count(
                            10,
                            i -> instance(i % 4).take(key, List.of(HUNDRED), 1).allowed()))
                    .isEqualTo(100);
        }

        @Test
        void admitsExactlyWhatFitsWhenEachCostsSeven() throws Exception {
            assertThat(Crowd.count(
                            10,
                            i -> instance(i % 4).take(key, List.of(HUNDRED), 7).allowed()))
                    .isEqualTo(14);
            assertThat(remaining(HUNDRED)).isEqualTo(2);
        }

        @Test
        void takesFromAllLimitsOrFromNone() throws Exception {
            AtomicBoolean partly = new AtomicBoolean();

            int admitted = Crowd.count(10, i -> {
                LimitStore store = instance(i % 4);
                boolean allowed = store.take(key, List.of(HUNDRED, SEVEN), 1).allowed();
                if (store.charge(key, List.of(HUNDRED), 0).remaining(0) < 93) {
                    partly.set(true);
                }
                return allowed;
            });

            assertThat(admitted).isEqualTo(7);
            assertThat(partly.get() && takesFromAllAtOnce()).isFalse();
            assertThat(remaining(HUNDRED)).isEqualTo(93);
        }

        @Test
        void losesNoChargeAndNoRefund() throws Exception {
            Limit many = Limit.of("many", 100_000, Duration.ofDays(50));

            Crowd.count(
                    10,
                    i -> instance(i % 4).charge(key, List.of(many), 5).allowed()
                            && instance((i + 1) % 4)
                                    .charge(key, List.of(many), -3)
                                    .allowed());

            assertThat(remaining(many)).isEqualTo(100_000 - 2 * 10 * Crowd.THREADS);
        }
    }

    @Nested
    class WithSeveralLimits {

        @Test
        void takesNothingFromAnyWhenOneRefuses() {
            take(SEVEN, 7);

            Decision.Refused refused = (Decision.Refused) instance(0).take(key, List.of(TEN, SEVEN, HUNDRED), 1);

            assertThat(refused.violated()).containsExactly("seven");
            assertThat(refused.remaining(0)).isEqualTo(10);
            assertThat(refused.remaining(1)).isZero();
            assertThat(refused.remaining(2)).isEqualTo(100);
            assertThat(remaining(TEN)).isEqualTo(10);
            assertThat(remaining(HUNDRED)).isEqualTo(100);
        }

        @Test
        void tellsHowEachStandsInTheOrderAsked() {
            Decision decision = instance(0).take(key, List.of(HUNDRED, TEN), 3);

            assertThat(decision.allowed()).isTrue();
            assertThat(decision.limits()).containsExactly(HUNDRED, TEN);
            assertThat(decision.remaining(0)).isEqualTo(97);
            assertThat(decision.remaining(1)).isEqualTo(7);
        }

        @Test
        void countsTheSameLimitWhateverStandsBesideIt() {
            instance(0).take(key, List.of(TEN, HUNDRED), 4);
            instance(0).take(key, List.of(SEVEN, TEN), 4);

            assertThat(remaining(TEN)).isEqualTo(2);
        }
    }

    @Nested
    class WithSeveralKeys {

        private final LimitKey other = LimitKey.route("GET /" + UUID.randomUUID());

        @Test
        void takesForAllOfThem() {
            List<Decision> decisions = instance(0)
                    .takeAll(List.of(new Ask(key, List.of(TEN), 2), new Ask(other, List.of(HUNDRED, SEVEN), 3)));

            assertThat(decisions).allMatch(Decision::allowed);
            assertThat(decisions.get(0).remaining(0)).isEqualTo(8);
            assertThat(decisions.get(1).remaining(1)).isEqualTo(4);
        }

        @Test
        void givesBackWhenOneRefuses() {
            take(TEN, 10);

            List<Decision> decisions =
                    instance(0).takeAll(List.of(new Ask(other, List.of(HUNDRED), 3), new Ask(key, List.of(TEN), 1)));

            assertThat(decisions.get(0).remaining(0)).isEqualTo(100);
            assertThat(decisions.get(1).allowed()).isFalse();
            assertThat(instance(0).charge(other, List.of(HUNDRED), 0).remaining(0))
                    .isEqualTo(100);
        }
    }
}
