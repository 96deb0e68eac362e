// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.time.Ticker;
import java.util.concurrent.locks.LockSupport;

/** A thread that waits for a place in a bulkhead. */
final class ThreadWaiter implements WaitingLine.Waiter {

    private final Thread thread = Thread.currentThread();
    private volatile boolean admitted;

    @Override
    public void admitted() {
        admitted = true;
        LockSupport.unpark(thread);
    }

    /**
     * Waits until it has its place or {@code end} comes.
     *
     * @return whether it has its place
     */
    boolean await(GuardBulkhead bulkhead, Ticker ticker, long end) throws InterruptedException {
        while (!admitted) {
            long left = end - ticker.nanos();
            boolean interrupted = Thread.interrupted();
            if ((interrupted || left <= 0) && bulkhead.quit(this)) {
                if (interrupted) {
                    throw new InterruptedException("while waiting for a place in the bulkhead");
                }
                return false;
            }
            if (interrupted) {
                thread.interrupt(); // it has its place, and the work hears of the interrupt
                return true;
            }
            LockSupport.parkNanos(this, left);
        }
        return true;
    }
}
