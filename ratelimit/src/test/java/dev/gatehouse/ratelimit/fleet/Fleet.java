// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.fleet;

import dev.gatehouse.ratelimit.Decision;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.testing.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** One of four instances, on time and chance that a test holds in its hand. */
final class Fleet {

    static final Limit TWELVE = Limit.of("twelve", 12, Duration.ofHours(1));
    static final LimitKey KEY = LimitKey.account("a");

    final ManualTime time = new ManualTime();
    final FlakyStore shared = new FlakyStore(time);
    final ManualSchedule schedule = new ManualSchedule();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final FleetStore store = FleetStore.over("flaky", shared, 4)
            .ticker(time)
            .schedule(schedule)
            .meters(meters)
            .random(new Random(7))
            .build();

    Decision take(Limit... limits) {
        return take(1, limits);
    }

    Decision take(long cost, Limit... limits) {
        return store.take(KEY, List.of(limits), cost);
    }

    /** Takes until the breaker opens, each for a key of its own. */
    void giveUp() {
        shared.fail();
        for (int i = 0; store.answers(); i++) {
            store.take(LimitKey.account("finds-out-" + i), List.of(TWELVE), 1);
        }
    }

    /** The store answers again, and probes have found out. */
    void comeBack() {
        shared.recover();
        while (!store.answers()) {
            schedule.run();
        }
    }

    double count(String meter, String tag, String value) {
        return meters.get("gatehouse.ratelimit.fleet." + meter)
                .tag(tag, value)
                .counter()
                .count();
    }
}
