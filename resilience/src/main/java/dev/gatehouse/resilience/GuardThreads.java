// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The few threads of a guard, for what its callers do not do themselves: completing asynchronous calls, stopping statements,
 * asking name servers. At most four, daemons, started when needed, ended after ten idle seconds, with a bounded queue.
 */
final class GuardThreads {

    private static final int THREADS = 4;
    private static final int QUEUE = 20_000;
    private static final long IDLE_SECONDS = 10;

    private GuardThreads() {}

    static Executor of(String name) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(QUEUE),
                named("gatehouse-guard-" + name + "-worker"));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Makes daemons of this name, which hold on to no class loader. */
    static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
        };
    }

    /** Runs {@code task} on {@code executor}, or here when that refuses: it must not be lost. */
    static void run(Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    /** Whether {@code executor} took the task. */
    static boolean offer(Executor executor, Runnable task) {
        try {
            executor.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
