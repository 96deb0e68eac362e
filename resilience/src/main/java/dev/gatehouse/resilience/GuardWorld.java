// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The world a guard works in: time, chance, waiting, counting, and the faults people inject. */
record GuardWorld(Ticker ticker, RandomGenerator random, Pause pause, MeterRegistry meters, Faults faults) {

    /** The real one, without meters or faults. */
    static GuardWorld real() {
        return new GuardWorld(
                Ticker.system(), sharedRandom(), Pause.SLEEP, new CompositeMeterRegistry(), Faults.none());
    }

    GuardWorld ticker(Ticker value) {
        return new GuardWorld(value, random, pause, meters, faults);
    }

    GuardWorld random(RandomGenerator value) {
        return new GuardWorld(ticker, value, pause, meters, faults);
    }

    GuardWorld pause(Pause value) {
        return new GuardWorld(ticker, random, value, meters, faults);
    }

    GuardWorld meters(MeterRegistry value) {
        return new GuardWorld(ticker, random, pause, value, faults);
    }

    GuardWorld faults(Faults value) {
        return new GuardWorld(ticker, random, pause, meters, value);
    }

    /** Each thread's own generator: the pauses' jitter needs no secrecy. */
    private static RandomGenerator sharedRandom() {
        return () -> ThreadLocalRandom.current().nextLong();
    }
}
