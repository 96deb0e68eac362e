// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.contract;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens in another process or thread, and no longer than half a minute. */
public final class Await {

    private static final long STEP = Duration.ofMillis(2).toNanos();
    private static final long LONGEST = Duration.ofSeconds(30).toNanos();

    private Await() {}

    /** Returns once {@code condition} holds. */
    public static void until(String what, BooleanSupplier condition) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begun > LONGEST) {
                throw new AssertionError("within 30 s it was not so that " + what);
            }
            LockSupport.parkNanos(STEP);
        }
    }

    /** Returns once so much time has passed. */
    public static void passing(Duration time) {
        long begun = System.nanoTime();
        until("time passed", () -> System.nanoTime() - begun >= time.toNanos());
    }
}
