// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ratelimit.Decision;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.LimitStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link LimitStore} holds about charges, refunds, changed limits and odd keys. */
public abstract class ChargeContract {

    private static final Duration SLOW = Duration.ofDays(50);
    private static final Limit TEN = Limit.of("ten", 10, SLOW);

    private final LimitKey key = LimitKey.account(UUID.randomUUID().toString());

    /** The store. */
    protected abstract LimitStore store();

    private Decision charge(Limit limit, long units) {
        return store().charge(key, List.of(limit), units);
    }

    private boolean take(Limit limit, long cost) {
        return store().take(key, List.of(limit), cost).allowed();
    }

    @Nested
    class WhenItIsCharged {

        @Test
        void takesWhatIsNotThereAndRefusesUntilItIsPaid() {
            take(TEN, 8);

            Decision decision = charge(TEN, 5);

            assertThat(decision.allowed()).isTrue();
            assertThat(decision.remaining(0)).isZero();
            assertThat(take(TEN, 1)).isFalse();
            charge(TEN, -3);
            assertThat(take(TEN, 1)).isFalse();
            charge(TEN, -1);
            assertThat(take(TEN, 1)).isTrue();
        }

        @ParameterizedTest
        @ValueSource(longs = {14, 15, 1_000, Long.MAX_VALUE})
        void forgivesWhatIsBeyondTheDebt(long units) {
            Limit limit = TEN.withDebt(4);

            assertThat(charge(limit, units).owed(0))
                    .isBetween(14 * limit.nanosAUnit() - 60_000_000_000L, limit.mostOwed());
            charge(limit, -5);
            assertThat(take(limit, 1)).isTrue();
            assertThat(take(limit, 1)).isFalse();
        }

        @Test
        void goesIntoNoDebtWhereNoneIsAllowed() {
            charge(TEN.withDebt(0), 1_000);

            charge(TEN, -1);
            assertThat(take(TEN, 1)).isTrue();
        }

        @Test
        void chargesEveryLimitAndNotOnlyThoseThatHaveIt() {
            Limit three = Limit.of("three", 3, SLOW);

            Decision decision = store().charge(key, List.of(TEN, three), 5);

            assertThat(decision.remaining(0)).isEqualTo(5);
            assertThat(decision.remaining(1)).isZero();
        }
    }

    @Nested
    class WhenItGivesBack {

        @ParameterizedTest
        @ValueSource(longs = {-4, -5, -1_000, Long.MIN_VALUE})
        void neverHoldsMoreThanTheBurst(long units) {
            take(TEN, 4);

            assertThat(charge(TEN, units).remaining(0)).isEqualTo(10);
            assertThat(take(TEN, 10)).isTrue();
            assertThat(take(TEN, 1)).isFalse();
        }

        @Test
        void givesANewcomerNothing() {
            charge(TEN, -5);

            assertThat(take(TEN, 10)).isTrue();
            assertThat(take(TEN, 1)).isFalse();
        }

        @Test
        void takesNothingWhenItOnlyReads() {
            take(TEN, 4);

            assertThat(charge(TEN, 0).remaining(0)).isEqualTo(6);
            assertThat(charge(TEN, 0).remaining(0)).isEqualTo(6);
        }
    }

    @Nested
    class WhenALimitChanges {

        @Test
        void appliesTheHigherOneToTheNextRequest() {
            take(TEN, 5);

            assertThat(take(Limit.of("ten", 1_000, SLOW), 500)).isTrue();
            assertThat(take(Limit.of("ten", 1_000, SLOW), 1)).isFalse();
        }

        @Test
        void appliesTheLowerOneToTheNextRequest() {
            Limit thousand = Limit.of("ten", 1_000, SLOW);
            take(thousand, 500);

            assertThat(take(TEN, 5)).isTrue();
            assertThat(take(TEN, 1)).isFalse();
        }

        @Test
        void locksNobodyOutForLongerThanTheNewOneTakesToFill() {
            charge(TEN.withDebt(90), 100);

            Decision.Refused refused = (Decision.Refused) store().take(key, List.of(Limit.perSecond("ten", 10)), 1);

            assertThat(refused.retryAfter()).isLessThanOrEqualTo(Duration.ofMillis(1_100));
        }
    }

    @Nested
    class WithKeysAndLimitsOfAnyShape {

        private final String id = UUID.randomUUID().toString();

        @Test
        void countsEachKeyKindAndLimitByItself() {
            List<LimitKey> keys = List.of(
                    LimitKey.account(id),
                    LimitKey.session(id),
                    LimitKey.apiKey(id),
                    LimitKey.identifier(id),
                    LimitKey.custom(id),
                    LimitKey.route(id),
                    LimitKey.account(id + "{x}:y"),
                    LimitKey.account(id + ":y"),
                    LimitKey.account(id + "'\"\\\n\u0000é€😀"),
                    LimitKey.account(id + "%s* ?"),
                    LimitKey.account("x".repeat(92) + id));

            for (LimitKey one : keys) {
                assertThat(store().take(one, List.of(TEN), 10).allowed())
                        .as(one.toString())
                        .isTrue();
                assertThat(store().take(one, List.of(TEN), 1).allowed()).isFalse();
            }
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 7, 999_983, 1_000_000_007, 31_000_000_000_000L})
        void countsExactlyWhateverTheFigures(long permits) {
            Limit limit = Limit.of("figures", permits, SLOW);

            assertThat(take(limit, permits)).isTrue();
            charge(limit, -permits / 2 - 1);
            assertThat(take(limit, permits / 2 + 1)).isTrue();
        }

        @Test
        void holdsABurstThatTakesTenYearsToFill() {
            Limit rare = Limit.of("rare", 1, Duration.ofDays(366)).withBurst(10).withDebt(10);

            assertThat(take(rare, 10)).isTrue();
            assertThat(take(rare, 1)).isFalse();
            charge(rare, 10);
            charge(rare, -10);
            assertThat(take(rare, 1)).isFalse();
            charge(rare, -1);
            assertThat(take(rare, 1)).isTrue();
        }
    }
}
