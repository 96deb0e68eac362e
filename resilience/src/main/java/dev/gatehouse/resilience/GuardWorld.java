// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.resilience.fault.Faults;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The world a guard works in: time, chance, waiting, counting, and the faults people inject. */
record GuardWorld(
        Ticker ticker,
        RandomGenerator random,
        Pause pause,
        MeterRegistry meters,
        Faults faults,
        Duration watchdogIdle) {

    /** The real one, without meters or faults. */
    static GuardWorld real() {
        return new GuardWorld(
                Ticker.system(),
                sharedRandom(),
                Pause.SLEEP,
                new CompositeMeterRegistry(),
                Faults.none(),
                Duration.ofSeconds(10));
    }

    GuardWorld ticker(Ticker value) {
        return new GuardWorld(value, random, pause, meters, faults, watchdogIdle);
    }

    GuardWorld random(RandomGenerator value) {
        return new GuardWorld(ticker, value, pause, meters, faults, watchdogIdle);
    }

    GuardWorld pause(Pause value) {
        return new GuardWorld(ticker, random, value, meters, faults, watchdogIdle);
    }

    GuardWorld meters(MeterRegistry value) {
        return new GuardWorld(ticker, random, pause, value, faults, watchdogIdle);
    }

    GuardWorld faults(Faults value) {
        return new GuardWorld(ticker, random, pause, meters, value, watchdogIdle);
    }

    /** The same, with a watchdog whose thread ends after so long without work. */
    GuardWorld watchdogIdle(Duration value) {
        return new GuardWorld(ticker, random, pause, meters, faults, value);
    }

    /** Each thread's own generator: the pauses' jitter needs no secrecy. */
    private static RandomGenerator sharedRandom() {
        return () -> ThreadLocalRandom.current().nextLong();
    }
}
