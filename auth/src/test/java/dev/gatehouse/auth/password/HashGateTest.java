// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.auth.password.HashGate.Turn;
import dev.gatehouse.auth.store.Race;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

final class HashGateTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void neverRunsMoreThanItsShareAndRefusesBeyondItsQueue() {
        HashGate gate = HashGate.of(2, 3, Duration.ofSeconds(30), meters);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Semaphore open = new Semaphore(0);
        List<Boolean> done = Race.results(64, () -> {
            Turn<Boolean> turn = gate.run(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                open.acquireUninterruptibly();
                running.decrementAndGet();
                return true;
            });
            if (turn instanceof Turn.Busy<Boolean> && refused() >= 59) {
                // Nobody is left to be refused: let those who hold a turn or wait for one go on.
                open.release(64);
            }
            return turn instanceof Turn.Done<Boolean>;
        });
        assertThat(most).hasValueLessThanOrEqualTo(2);
        assertThat(done.stream().filter(one -> one)).hasSize(5);
        assertThat(refused()).isEqualTo(59);
    }

    private double refused() {
        return meters.counter("gatehouse.auth.hash.refused").count();
    }

    @Test
    void givesItsTurnBackWhenTheWorkThrows() {
        HashGate gate = HashGate.of(1, 0, Duration.ofSeconds(1), meters);
        assertThatThrownBy(() -> gate.run(() -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(gate.run(() -> 1)).isEqualTo(new Turn.Done<>(1));
    }

    @Test
    void saysWhenToTryAgain() {
        HashGate gate = HashGate.of(1, 0, Duration.ofSeconds(1), meters);
        Turn<Turn<Integer>> outer = gate.run(() -> gate.run(() -> 1));
        assertThat(outer).isEqualTo(new Turn.Done<>(new Turn.Busy<Integer>(Duration.ofSeconds(2))));
    }

    @Test
    void neverLetsMoreMemoryOutThanItHasWhateverEachAsksFor() {
        HashGate gate = HashGate.of(8, 1_000, 200, Duration.ofSeconds(30), meters);
        AtomicInteger lent = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger next = new AtomicInteger();
        List<Boolean> done = Race.results(100, () -> {
            int kib = 125 * (1 + next.getAndIncrement() % 8);
            return gate.run(kib, () -> {
                        most.accumulateAndGet(lent.addAndGet(kib), Math::max);
                        Thread.onSpinWait();
                        lent.addAndGet(-kib);
                        return true;
                    })
                    instanceof Turn.Done<Boolean>;
        });
        assertThat(done).containsOnly(true);
        assertThat(most.get()).isBetween(125, 1_000);
        assertThat(gate.run(1_001, () -> true)).isInstanceOf(Turn.Busy.class);
    }

    @Test
    void hasAsManyTurnsAsItsMemoryHolds() {
        HashGate gate = HashGate.within(19_456, 19_456, meters);
        Turn<Turn<Integer>> outer = gate.run(19_456, () -> HashGateTest.this.atOnce(gate));
        assertThat(outer).isInstanceOf(Turn.Done.class);
        assertThat(((Turn.Done<Turn<Integer>>) outer).value()).isInstanceOf(Turn.Busy.class);
    }

    /** From an interrupted thread, which does not wait. */
    private Turn<Integer> atOnce(HashGate gate) {
        Thread.currentThread().interrupt();
        try {
            return gate.run(19_456, () -> 1);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void keepsTheMemoryLentUntilWorkEndsThatNobodyWaitsFor() throws InterruptedException {
        HashGate gate = HashGate.of(1, 0, Duration.ZERO, meters);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicReference<Turn<Boolean>> answer = new AtomicReference<>();
        Thread caller = new Thread(() -> answer.set(gate.run(() -> {
            begun.countDown();
            return done(end);
        })));
        caller.start();
        begun.await();
        caller.interrupt();
        caller.join();
        assertThat(answer.get()).isInstanceOf(Turn.Busy.class);
        assertThat(gate.run(() -> 1)).isInstanceOf(Turn.Busy.class);
        end.countDown();
        Turn<Integer> next = gate.run(() -> 1);
        while (next instanceof Turn.Busy) {
            next = gate.run(() -> 1);
        }
        assertThat(next).isEqualTo(new Turn.Done<>(1));
    }

    private static boolean done(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Test
    void hashesOnAFewThreadsOfItsOwnWithTheContextOfTheCaller() {
        HashGate gate = HashGate.of(2, 200, Duration.ofSeconds(30), meters);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Race.results(100, () -> gate.run(() -> threads.add(Thread.currentThread())));
        assertThat(threads)
                .hasSizeBetween(1, 2)
                .allSatisfy(thread -> assertThat(thread.isDaemon()).isTrue());
        MDC.put("request", "r1");
        try {
            assertThat(gate.run(() -> MDC.get("request"))).isEqualTo(new Turn.Done<>("r1"));
        } finally {
            MDC.remove("request");
        }
    }

    @Test
    void fitsThisMachine() {
        PasswordHasher hasher = PasswordHasher.argon2id(Argon2Parameters.DEFAULT, new SecureRandom());
        assertThat(HashGate.forThisMachine(hasher, meters).run(hasher.memoryKib(""), () -> 1))
                .isEqualTo(new Turn.Done<>(1));
    }

    @Test
    void refusesSenselessBounds() {
        assertThatThrownBy(() -> HashGate.of(1, 1, Duration.ofSeconds(61), meters))
                .hasMessage("auth.hash: longest wait was PT1M1S but must be PT0S to PT1M");
        assertThatThrownBy(() -> HashGate.of(1, 1, Duration.ofSeconds(-1), meters))
                .hasMessageContaining("longest wait was PT-1S");
        assertThatThrownBy(() -> HashGate.of(1, 10_001, Duration.ofSeconds(1), meters))
                .hasMessage("auth.hash: queue was 10001 but must be 0 to 10000");
        assertThatThrownBy(() -> HashGate.within(19_455, 19_456, meters))
                .hasMessage("auth.hash: memory was 19455 KiB but one hash takes 19456");
        assertThatThrownBy(() -> HashGate.of(0, 1, Duration.ofSeconds(1), meters))
                .hasMessage("auth.hash: parallel was 0 but must be 1 to 1024");
    }
}
