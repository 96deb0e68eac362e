// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * An executor that wakes its threads instead of interrupting them when it is to stop. They talk to the database, and an
 * interrupt in the middle of that closes the file of an embedded one.
 */
final class QuietExecutor extends AbstractExecutorService {

    private final ExecutorService threads;
    private final Runnable wake;

    QuietExecutor(ExecutorService threads, Runnable wake) {
        this.threads = threads;
        this.wake = wake;
    }

    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    @Override
    public void shutdown() {
        threads.shutdown();
        wake.run();
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
