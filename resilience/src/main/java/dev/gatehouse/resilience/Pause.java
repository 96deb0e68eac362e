// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How a guard waits between tries. */
@FunctionalInterface
interface Pause {

    /** The calling thread sleeps. */
    Pause SLEEP = time -> TimeUnit.NANOSECONDS.sleep(time.toNanos());

    void take(Duration time) throws InterruptedException;
}
