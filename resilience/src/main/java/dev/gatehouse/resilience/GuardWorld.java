// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.resilience.fault.Faults;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The world a guard works in: time, chance, waiting, threads, counting, and the faults people inject. */
record GuardWorld(
        Ticker ticker,
        InstantSource clock,
        RandomGenerator random,
        Pause pause,
        MeterRegistry meters,
        Faults faults,
        Duration watchdogIdle,
        @Nullable Executor executor,
        Function<String, ThreadFactory> threads) {

    /** The real one, without meters or faults. */
    static GuardWorld real() {
        return new GuardWorld(
                Ticker.system(),
                InstantSource.system(),
                sharedRandom(),
                Pause.SLEEP,
                new CompositeMeterRegistry(),
                Faults.none(),
                Duration.ofSeconds(10),
                null,
                GuardThreads::named);
    }

    GuardWorld ticker(Ticker value) {
        return new GuardWorld(value, clock, random, pause, meters, faults, watchdogIdle, executor, threads);
    }

    GuardWorld clock(InstantSource value) {
        return new GuardWorld(ticker, value, random, pause, meters, faults, watchdogIdle, executor, threads);
    }

    GuardWorld random(RandomGenerator value) {
        return new GuardWorld(ticker, clock, value, pause, meters, faults, watchdogIdle, executor, threads);
    }

    GuardWorld pause(Pause value) {
        return new GuardWorld(ticker, clock, random, value, meters, faults, watchdogIdle, executor, threads);
    }

    GuardWorld meters(MeterRegistry value) {
        return new GuardWorld(ticker, clock, random, pause, value, faults, watchdogIdle, executor, threads);
    }

    GuardWorld faults(Faults value) {
        return new GuardWorld(ticker, clock, random, pause, meters, value, watchdogIdle, executor, threads);
    }

    /** The same, with a watchdog whose thread ends after so long without work. */
    GuardWorld watchdogIdle(Duration value) {
        return new GuardWorld(ticker, clock, random, pause, meters, faults, value, executor, threads);
    }

    GuardWorld executor(Executor value) {
        return new GuardWorld(ticker, clock, random, pause, meters, faults, watchdogIdle, value, threads);
    }

    GuardWorld threads(Function<String, ThreadFactory> value) {
        return new GuardWorld(ticker, clock, random, pause, meters, faults, watchdogIdle, executor, value);
    }

    /** Each thread's own generator: the pauses' jitter needs no secrecy. */
    private static RandomGenerator sharedRandom() {
        return () -> ThreadLocalRandom.current().nextLong();
    }
}
