// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether the queue closes: whoever pauses meanwhile pauses no longer. Thread-safe. */
final class Closing {

    private final CountDownLatch begun = new CountDownLatch(1);

    void begin() {
        begun.countDown();
    }

    /** Pauses; false, with the interrupt kept, when there is to be no waiting any more. */
    boolean pause(Duration pause) {
        try {
            return !begun.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
