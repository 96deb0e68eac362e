// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another process or thread does. */
final class Await {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private Await() {}

    /** Returns once {@code condition} holds; fails naming {@code what} when it never does. */
    static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited in vain: " + what);
            }
            pause();
        }
    }

    static void pause() throws InterruptedException {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
