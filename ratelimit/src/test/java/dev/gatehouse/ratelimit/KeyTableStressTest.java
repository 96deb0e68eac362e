// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ratelimit.contract.Crowd;
import dev.gatehouse.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Thirty-two threads on far too small a table, while time passes: buckets are dropped, moved and shared all the time. */
class KeyTableStressTest {

    private static final int KEYS = 400;
    private static final Limit FIVE = Limit.perSecond("five", 5);
    private static final Limit FORTY = Limit.perMinute("forty", 40);

    private final ManualTime time = new ManualTime();
    private final MemoryLimitStore store = new MemoryLimitStore(time, 300);
    private final AtomicLongArray admitted = new AtomicLongArray(KEYS);
    private final AtomicLong shared = new AtomicLong();

    @Test
    void admitsNobodyMoreThanBurstAndRefill() throws Exception {
        stress(5_000);
    }

    @Test
    @Tag("soak")
    void admitsNobodyMoreThanBurstAndRefillForLong() throws Exception {
        stress(500_000);
    }

    private void stress(int requestsAThread) throws Exception {
        SplittableRandom seeds = new SplittableRandom(3);
        SplittableRandom[] randoms = new SplittableRandom[Crowd.THREADS];
        for (int i = 0; i < randoms.length; i++) {
            randoms[i] = seeds.split();
        }
        Crowd.count(requestsAThread, i -> request(randoms[i]));

        long most = Math.min(mostOf(FIVE), mostOf(FORTY));
        for (int key = 0; key < KEYS; key++) {
            assertThat(admitted.get(key)).isLessThanOrEqualTo(most);
        }
        assertThat(shared.get()).isBetween(1L, mostOf(FIVE) + mostOf(FORTY));
        assertThat(store.held(LimitKey.Kind.ACCOUNT)).isBetween(1L, 300L);
    }

    private long mostOf(Limit limit) {
        return limit.burst() + time.nanos() / limit.nanosAUnit();
    }

    private boolean request(SplittableRandom random) {
        int key = random.nextInt(random.nextBoolean() ? KEYS : 20);
        Decision decision = store.take(LimitKey.account("a" + key), List.of(FIVE, FORTY), 1);
        if (decision.allowed() && decision.degraded()) {
            shared.incrementAndGet();
        } else if (decision.allowed()) {
            admitted.incrementAndGet(key);
        }
        if (random.nextInt(100) == 0) {
            time.advance(Duration.ofMillis(random.nextInt(40)));
        }
        return decision.allowed();
    }
}
