// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a restore has done, for whoever shows it. Thread-safe. */
final class Steps {

    private final int all;
    private final PostgresqlRestore.Progress progress;
    private final AtomicInteger done = new AtomicInteger();

    Steps(int all, PostgresqlRestore.Progress progress) {
        this.all = all;
        this.progress = progress;
    }

    /** One more. */
    void done() {
        progress.restored(Math.min(done.incrementAndGet(), all), all);
    }
}
