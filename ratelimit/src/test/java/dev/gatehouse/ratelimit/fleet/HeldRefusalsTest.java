// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.fleet;

import static dev.gatehouse.ratelimit.fleet.Fleet.KEY;
import static dev.gatehouse.ratelimit.fleet.Fleet.TWELVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ratelimit.Basis;
import dev.gatehouse.ratelimit.Decision;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.LimitStore.Ask;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldRefusalsTest {

    private static final Limit TWO = Limit.perSecond("two", 2);

    private final Fleet fleet = new Fleet();

    private void exhaust(Limit... limits) {
        while (fleet.take(limits).allowed()) {
            // until the store refuses
        }
    }

    @Test
    void whoWasRefusedIsRefusedAgainWithoutAsking() {
        exhaust(TWELVE);
        int asked = fleet.shared.asked();

        for (int i = 0; i < 10_000; i++) {
            assertThat(fleet.take(TWELVE).allowed()).isFalse();
        }

        assertThat(fleet.shared.asked()).isEqualTo(asked);
        assertThat(fleet.count("decisions", "basis", "held")).isEqualTo(10_000);
    }

    @Test
    void theAnswerIsTheOneTheStoreWouldGive() {
        exhaust(TWO);
        fleet.time.advance(Duration.ofMillis(200));

        Decision.Refused refused = (Decision.Refused) fleet.take(TWO);

        assertThat(refused.violated()).containsExactly("two");
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(300));
        assertThat(refused.basis()).isEqualTo(Basis.STORE);
    }

    @Test
    void nobodyIsRefusedForLongerThanTheStoreWould() {
        exhaust(TWO);
        fleet.time.advance(Duration.ofMillis(500).minusNanos(1));
        assertThat(fleet.take(TWO).allowed()).isFalse();

        fleet.time.advance(Duration.ofNanos(1));

        assertThat(fleet.take(TWO).allowed()).isTrue();
    }

    @Test
    void timeCountsFromBeforeTheStoreWasAsked() {
        exhaust(TWO);
        fleet.time.advance(Duration.ofMillis(480));
        fleet.store.charge(KEY, List.of(TWO), 0);
        fleet.shared.delay(Duration.ofMillis(10));
        fleet.store.take(LimitKey.account("other"), List.of(TWO), 1);
        fleet.time.advance(Duration.ofMillis(10));

        assertThat(fleet.take(TWO).allowed()).isTrue();
    }

    @Test
    void theStoreIsAskedAgainAfterASecond() {
        exhaust(TWELVE);
        int asked = fleet.shared.asked();
        fleet.time.advance(Duration.ofMillis(1_001));

        fleet.take(TWELVE);

        assertThat(fleet.shared.asked()).isEqualTo(asked + 1);
    }

    @Test
    void aSmallerRequestThatMayFitIsPutToTheStore() {
        fleet.take(10, TWELVE);
        fleet.take(5, TWELVE);

        assertThat(fleet.take(5, TWELVE).allowed()).isFalse();
        assertThat(fleet.take(2, TWELVE).allowed()).isTrue();
    }

    @Test
    void aRaisedLimitIsPutToTheStoreAtOnce() {
        exhaust(TWELVE);

        assertThat(fleet.take(TWELVE.withBurst(13)).allowed()).isTrue();
    }

    @Test
    void anotherSetOfLimitsIsPutToTheStore() {
        exhaust(TWELVE);
        int asked = fleet.shared.asked();

        fleet.take(TWELVE, TWO);

        assertThat(fleet.shared.asked()).isEqualTo(asked + 1);
    }

    @Test
    void aRefusalWhileUnitsAreGivenBackIsNotHeldAfterwards() {
        exhaust(TWELVE);
        fleet.time.advance(Duration.ofMillis(1_001));
        fleet.shared.during(() -> assertThat(fleet.take(TWELVE).allowed()).isFalse());

        fleet.store.charge(KEY, List.of(TWELVE), -1);

        assertThat(fleet.take(TWELVE).allowed()).isTrue();
    }

    @Test
    void aRefundIsSeenAtOnce() {
        exhaust(TWELVE);

        fleet.store.charge(KEY, List.of(TWELVE), -1);

        assertThat(fleet.take(TWELVE).allowed()).isTrue();
    }

    @Test
    void readingIsNoRefund() {
        exhaust(TWELVE);
        fleet.store.charge(KEY, List.of(TWELVE), 0);
        int asked = fleet.shared.asked();

        assertThat(fleet.take(TWELVE).allowed()).isFalse();
        assertThat(fleet.shared.asked()).isEqualTo(asked);
    }

    @Test
    void severalKeysAreRefusedTogetherWhileAllOfThemAreKnown() {
        exhaust(TWELVE);
        LimitKey address = LimitKey.custom("address");
        List<Ask> asks = List.of(new Ask(address, List.of(TWO), 1), new Ask(KEY, List.of(TWELVE), 1));
        fleet.store.takeAll(asks);
        int asked = fleet.shared.asked();

        List<Decision> decisions = fleet.store.takeAll(asks);

        assertThat(decisions).extracting(Decision::allowed).containsExactly(true, false);
        assertThat(decisions.get(0).remaining(0)).isEqualTo(2);
        assertThat(fleet.shared.asked()).isEqualTo(asked);
    }

    @Test
    void nothingIsHeldWhileEachInstanceDecidesByItself() {
        exhaust(TWELVE);
        fleet.giveUp();

        assertThat(fleet.take(TWELVE).basis()).isEqualTo(Basis.LOCAL_SHARE);
    }

    @Test
    void whoeverCyclesKeysCostsQuestionsAndIsStillRefused() {
        Limit one = Limit.perHour("one", 1);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 900; i++) {
                LimitKey key = LimitKey.account("k" + i);
                boolean allowed = fleet.store.take(key, List.of(one), 1).allowed();
                assertThat(allowed).isEqualTo(round == 0);
                fleet.store.take(key, List.of(one), 1);
            }
        }
    }
}
