// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.auth.password.HashGate.Turn;
import dev.gatehouse.auth.store.Race;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

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
    void refusesSenselessBounds() {
        assertThatThrownBy(() -> HashGate.of(0, 1, Duration.ofSeconds(1), meters))
                .hasMessage("auth.hash: parallel was 0 but must be 1 to 1024");
    }
}
