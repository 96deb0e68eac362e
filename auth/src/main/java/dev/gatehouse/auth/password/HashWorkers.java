// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import dev.gatehouse.context.ContextExecutors;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A few daemon threads that hash. No more work is handed in than there are threads, so that none waits here. */
final class HashWorkers {

    private static final long IDLE_SECONDS = 60;

    private final ExecutorService threads;

    HashWorkers(int count) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                count, count, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(count), HashWorkers::thread);
        pool.allowCoreThreadTimeOut(true);
        this.threads = ContextExecutors.wrap(pool);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "gatehouse-hash");
        thread.setDaemon(true);
        return thread;
    }

    /** Runs the work and then, whatever became of it, {@code after}; waits for the result, or throws what was thrown. */
    <T> T call(Supplier<T> work, Runnable after) throws InterruptedException {
        try {
            return submit(work, after).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private <T> Future<T> submit(Supplier<T> work, Runnable after) {
        try {
            return threads.submit(() -> {
                try {
                    return work.get();
                } finally {
                    after.run();
                }
            });
        } catch (RuntimeException | Error e) {
            // No thread could be started.
            after.run();
            throw e;
        }
    }
}
