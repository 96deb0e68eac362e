// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.fleet;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs something later, in the background. */
interface Schedule extends AutoCloseable {

    void after(Duration delay, Runnable work);

    @Override
    void close();

    /** One thread, which is there only while there is something to do. */
    static Schedule system() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "gatehouse-ratelimit-probe");
            thread.setDaemon(true);
            return thread;
        });
        executor.setKeepAliveTime(1, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        return new Schedule() {
            @Override
            public void after(Duration delay, Runnable work) {
                if (!executor.isShutdown()) {
                    var unused = executor.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
                }
            }

            @Override
            public void close() {
                executor.shutdownNow();
            }
        };
    }
}
