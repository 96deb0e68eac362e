// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.queue;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;

/** A queue whose jobs do nothing but count. */
public interface QueueUnderTest {

    /** Adds one job, on disk when this returns. */
    void enqueue() throws SQLException;

    /** Begins to work; {@code done} runs after each job. */
    Running start(Runnable done);

    /** Ends the work. */
    @FunctionalInterface
    interface Running extends AutoCloseable {
        @Override
        void close();
    }

    /** The queue of this name in an empty table of {@code source}, with so many workers. */
    static QueueUnderTest named(String name, HikariDataSource source, int workers) {
        return switch (name) {
            case "gatehouse" -> new GatehouseQueue(source, workers);
            case "db-scheduler-fetch" ->
                new BareScheduler(source, builder -> builder.pollUsingFetch(0.5, 3.0), workers);
            case "db-scheduler-lock" ->
                new BareScheduler(source, builder -> builder.pollUsingLockAndFetch(0.5, 1.0), workers);
            case "db-scheduler-lock-ahead" ->
                new BareScheduler(source, builder -> builder.pollUsingLockAndFetch(1.0, 4.0), workers);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
