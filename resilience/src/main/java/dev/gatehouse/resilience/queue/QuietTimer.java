// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** A timer of one thread that forgets what is left when it is to stop, and never interrupts; see {@link QuietExecutor}. */
final class QuietTimer extends ScheduledThreadPoolExecutor {

    QuietTimer(String name) {
        super(1, Threads.named(name));
        setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        setRemoveOnCancelPolicy(true);
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }
}
