// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.queue;

import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.jdbc.Transactions;
import dev.gatehouse.jdbc.flyway.Migrations;
import dev.gatehouse.resilience.queue.Job;
import dev.gatehouse.resilience.queue.JobPolicy;
import dev.gatehouse.resilience.queue.JobQueue;
import dev.gatehouse.resilience.queue.JobResult;
import dev.gatehouse.resilience.queue.Payload;
import java.sql.SQLException;

/** Ours: each job in a transaction of its own, as an application enqueues it. */
final class GatehouseQueue implements QueueUnderTest {

    private static final Job JOB = Job.of("count", Payload.text("x".repeat(200)));

    private final HikariDataSource source;
    private final int workers;
    private final JobQueue sender;

    GatehouseQueue(HikariDataSource source, int workers) {
        Migrations.migrate(source, JobQueue.SCHEMA);
        this.source = source;
        this.workers = workers;
        sender = JobQueue.builder(source).enqueues("count").build();
    }

    @Override
    public void enqueue() throws SQLException {
        Transactions.call(source, tx -> sender.enqueue(tx, JOB));
    }

    @Override
    public Running start(Runnable done) {
        JobQueue queue = JobQueue.builder(source)
                .handle(
                        "count",
                        run -> {
                            done.run();
                            return JobResult.done();
                        },
                        JobPolicy.standard().concurrency(workers))
                .build();
        queue.start();
        return queue::close;
    }
}
