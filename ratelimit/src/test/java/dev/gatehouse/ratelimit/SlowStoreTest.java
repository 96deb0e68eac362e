// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.ClientAddress;
import dev.gatehouse.ratelimit.fleet.FleetStore;
import dev.gatehouse.testing.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A store that takes 40 milliseconds for each answer, behind a real server. */
class SlowStoreTest {

    private static final int SENT = 100;

    private final ManualTime time = new ManualTime();
    private final SlowStore slow = new SlowStore();

    @Test
    void isAskedNoMoreAndTheLimitHolds() throws IOException {
        FleetStore store = FleetStore.over("slow", slow, 2).ticker(time).build();
        RateLimits limits = RateLimits.builder(
                        RateLimiter.builder().store(store).build())
                .group(LimitGroup.named("g").byAddress(Limit.perHour("ten", 10)))
                .build();
        try (store;
                LimitedServer server = new LimitedServer(limits, ClientAddress.direct())) {
            int admitted = server.admitted(SENT, i -> "A: b");

            assertThat(admitted).isBetween(5, 10);
            assertThat(slow.asked.get()).isLessThanOrEqualTo(5);
            assertThat(server.get()).isEqualTo(429);
        }
    }

    /** Counts in memory, and slowly; the probe's questions are not counted. */
    private final class SlowStore implements LimitStore {

        private final LimitStore memory = new MemoryLimitStore(time, 1_000);
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public Decision take(LimitKey key, List<Limit> limits, long cost) {
            asked.addAndGet(key.kind() == LimitKey.Kind.ADDRESS ? 1 : 0);
            time.advance(Duration.ofMillis(40));
            return memory.take(key, limits, cost);
        }

        @Override
        public Decision charge(LimitKey key, List<Limit> limits, long units) {
            return memory.charge(key, limits, units);
        }
    }
}
