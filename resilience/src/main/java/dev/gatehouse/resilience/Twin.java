// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A guard with the settings of another and nothing else in common: what a drill does to it, nobody else feels. Its time
 * moves only when a drill says so, and its pauses take no time.
 */
final class Twin {

    private static final Duration IDLE = Duration.ofMillis(50);

    private final AtomicLong nanos = new AtomicLong();
    private final GuardWorld world = GuardWorld.real()
            .ticker(nanos::get)
            .random(() -> ThreadLocalRandom.current().nextLong())
            .pause(time -> {})
            .watchdogIdle(IDLE);
    private final GuardSettings settings;

    private Twin(GuardSettings settings) {
        this.settings = settings;
    }

    static Twin of(Guard guard) {
        return new Twin(guard.settings());
    }

    /** The twin on time that stands still. */
    Guard still() {
        return new Guard(settings, world);
    }

    /** The twin on real time, with at most this timeout and without retries. */
    Guard hasty(Duration most) {
        Duration timeout = settings.timeout().compareTo(most) < 0 ? settings.timeout() : most;
        return new Guard(settings.withTimeout(timeout), GuardWorld.real().watchdogIdle(IDLE));
    }

    void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
