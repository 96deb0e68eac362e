// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyTableTest {

    private static final long SECOND = 1_000_000_000L;
    private static final List<Limit> TEN = List.of(Limit.perMinute("ten", 10));

    private final KeyTable table = new KeyTable(1_000);
    private final Random random = new Random(5);

    private boolean take(long key, long cost, long now) {
        return table.decide(key, TEN, cost, false, now).allowed();
    }

    private void fill(int keys, long now) {
        for (int i = 0; i < keys; i++) {
            take(random.nextLong(), 1, now);
        }
    }

    @Test
    void holdsNothingOfKeysThatWereOnlyRefusedOrRead() {
        table.decide(1, TEN, 0, true, 0);
        table.decide(2, TEN, -5, true, 0);

        assertThat(table.held()).isZero();
    }

    @Test
    void dropsBucketsThatAreFullAgainWhileItGrows() {
        for (int round = 0; round < 100; round++) {
            fill(300, round * 7L * SECOND);
        }

        assertThat(table.held()).isLessThanOrEqualTo(700);
        assertThat(table.overflows()).isZero();
    }

    @Test
    void keepsEveryLimitedKeyThroughEveryRebuild() {
        long[] limited = random.longs(300).toArray();
        for (long key : limited) {
            take(key, 10, 0);
        }
        for (int round = 0; round < 59; round++) {
            fill(600, round * SECOND);
        }

        for (long key : limited) {
            assertThat(take(key, 10, 59 * SECOND)).isFalse();
        }
    }

    @Test
    void countsExactlyWhatItHoldsThroughManySweeps() {
        for (int round = 0; round < 40; round++) {
            fill(2_000, round * 3L * SECOND);
            assertThat(table.held()).isBetween(0, 1_000);
        }
        long later = 10_000 * SECOND;
        for (int i = 0; i < 100; i++) {
            assertThat(table.decide(random.nextLong(), TEN, 10, false, later).basis())
                    .isEqualTo(Basis.STORE);
        }
    }

    /** A thread reads the time and is then not scheduled for so long that its bucket is dropped, being full. */
    @Test
    void countsFromWhenTheBucketWasDroppedForAThreadThatStalled() {
        KeyTable small = new KeyTable(1);
        small.decide(7, TEN, 10, false, 0);
        small.decide(8, TEN, 1, false, 61 * SECOND);
        small.decide(8, TEN, -1, true, 61 * SECOND);
        assertThat(small.decide(9, TEN, 1, false, 62 * SECOND).basis()).isEqualTo(Basis.STORE);
        small.decide(9, TEN, -1, true, 62 * SECOND);

        small.decide(7, TEN, 10, false, 10 * SECOND);

        assertThat(small.decide(7, TEN, 10, false, 80 * SECOND).allowed()).isFalse();
    }

    @Test
    void letsNewcomersShareWhatALimitHasAndNoMore() {
        KeyTable small = new KeyTable(1);
        small.decide(7, List.of(Limit.of("slow", 1, Duration.ofDays(1))), 1, false, 0);

        for (int i = 0; i < 10; i++) {
            Decision decision = small.decide(random.nextLong(), TEN, 1, false, 0);
            assertThat(decision.allowed()).isTrue();
            assertThat(decision.basis()).isEqualTo(Basis.SHARED_KEY);
        }
        assertThat(small.decide(random.nextLong(), TEN, 1, false, 0).allowed()).isFalse();
        assertThat(small.overflows()).isEqualTo(11);
    }

    @Test
    void countsAKeyOnItsOwnBucketsWhereItHasThemAndOnSharedOnesWhereNot() {
        Limit slow = Limit.of("slow", 5, Duration.ofDays(1));
        KeyTable small = new KeyTable(1);
        small.decide(7, List.of(slow), 1, false, 0);

        Decision both = small.decide(7, List.of(slow, TEN.get(0)), 2, false, 0);

        assertThat(both.basis()).isEqualTo(Basis.SHARED_KEY);
        assertThat(both.remaining(0)).isEqualTo(2);
        assertThat(both.remaining(1)).isEqualTo(8);
        assertThat(small.decide(8, TEN, 9, false, 0).allowed()).isFalse();
        assertThat(small.decide(7, List.of(slow), 2, false, 0).basis()).isEqualTo(Basis.STORE);
    }

    @Test
    void boundsTheSharedBucketsOfLimitsMadeAtRunTime() {
        KeyTable small = new KeyTable(1);
        small.decide(7, TEN, 10, false, 0);
        for (int i = 0; i < 1_500; i++) {
            small.decide(8, List.of(Limit.perMinute("made-" + i, 1_000)), 1, false, 0);
        }

        assertThat(small.decide(8, List.of(Limit.perMinute("made-1499", 1_000)), 1, false, 0)
                        .remaining(0))
                .isEqualTo(1_000 - 501);
    }
}
