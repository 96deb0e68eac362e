// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AttemptsTest {

    private static final int ROUNDS = 100;
    private static final int CALLERS = 4;

    /** One that comes between the closing's interrupts and the end of its threads would else run its whole time. */
    @Test
    void noneOutlivesTheClosingHoweverCloseTheyCome() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        for (int i = 0; i < ROUNDS; i++) {
            Attempts attempts = new Attempts("mail", CALLERS);
            AtomicBoolean closing = new AtomicBoolean();
            CountDownLatch begun = new CountDownLatch(CALLERS);
            List<Future<Ending>> endings = Stream.generate(
                            () -> callers.submit(() -> untilCutShort(attempts, closing, begun)))
                    .limit(CALLERS)
                    .toList();
            begun.await();
            closing.set(true);
            attempts.close();

            for (Future<Ending> ending : endings) {
                assertThat(ending.get()).as("round %s", i).isInstanceOf(Ending.CutShort.class);
            }
        }
        callers.shutdown();
    }

    private static Ending untilCutShort(Attempts attempts, AtomicBoolean closing, CountDownLatch begun) {
        Ending ending;
        do {
            ending = attempts.run(() -> hangOnceItCloses(closing), Duration.ofSeconds(10));
            begun.countDown();
        } while (ending instanceof Ending.Answered);
        return ending;
    }

    private static JobResult hangOnceItCloses(AtomicBoolean closing) throws InterruptedException {
        if (closing.get()) {
            new CountDownLatch(1).await();
        }
        return JobResult.done();
    }
}
