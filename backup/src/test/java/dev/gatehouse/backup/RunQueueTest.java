// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunQueueTest {

    private final RunQueue queue = new RunQueue();
    private final CountDownLatch working = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    void whoWaitsForARunThatIsDroppedAtTheEndLearnsOfIt() throws Exception {
        queue.offer(() -> {
            working.countDown();
            waitFor(release);
        });
        working.await();
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> runs(() -> {}));
        while (queue.waiting() == 0) {
            Thread.onSpinWait();
        }
        CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(() -> queue.stop(Duration.ofSeconds(30)));

        assertThat(waiting.get(30, TimeUnit.SECONDS)).isFalse();
        release.countDown();
        assertThat(stopped.get(30, TimeUnit.SECONDS)).isTrue();
    }

    private boolean runs(Runnable work) {
        try {
            return queue.offerAndAwait(work);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
