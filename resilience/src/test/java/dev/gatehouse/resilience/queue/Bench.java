// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.insight.ChangeSink;
import dev.gatehouse.jdbc.Transactions;
import dev.gatehouse.jdbc.Tx;
import dev.gatehouse.jdbc.flyway.Migrations;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Queues on one database, in a hurry: they look for work every 20 ms and are taken for dead after half a second. */
final class Bench implements AutoCloseable {

    static final JobPolicy QUICK = JobPolicy.standard()
            .backoff(Duration.ofMillis(1), Duration.ofMillis(10))
            .attempts(3);

    final HikariDataSource source;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<ChangeSink.Change> changes = new CopyOnWriteArrayList<>();
    private final List<JobQueue> queues = new CopyOnWriteArrayList<>();

    /** Queues on a database of {@link #migrated}, without a row in it. */
    Bench(HikariDataSource source) {
        this.source = source;
        List.of(
                        "DELETE FROM gatehouse_queue_job",
                        "DELETE FROM gatehouse_queue_dead",
                        "UPDATE gatehouse_queue_state"
                                + " SET home = NULL, quarantined = FALSE, reason = NULL, since = NULL, held_before = NULL")
                .forEach(this::update);
    }

    /** Gives {@code source} the tables, and a pool as applications have one. */
    static HikariDataSource migrated(DataSource source) {
        Migrations.migrate(source, JobQueue.SCHEMA);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(16);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    JobQueueBuilder builder() {
        return JobQueue.builder(source)
                .meters(meters)
                .changes(changes::add)
                .polling(Duration.ofMillis(20))
                .heartbeat(Duration.ofMillis(100));
    }

    /** A queue that is started, with these kinds. */
    JobQueue started(Consumer<JobQueueBuilder> kinds) {
        JobQueue queue = built(kinds);
        queue.start();
        return queue;
    }

    /** A queue that is not started. */
    JobQueue built(Consumer<JobQueueBuilder> kinds) {
        JobQueueBuilder builder = builder();
        kinds.accept(builder);
        JobQueue queue = builder.build();
        queues.add(queue);
        return queue;
    }

    Enqueued enqueue(JobQueue queue, Job job) {
        return in(tx -> queue.enqueue(tx, job));
    }

    /** The key of a job that was taken. */
    String key(JobQueue queue, Job job) {
        return ((Enqueued.Accepted) enqueue(queue, job)).idempotencyKey();
    }

    <T> T in(Transactions.Work<T, RuntimeException> work) {
        try {
            return Transactions.call(source, work);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void update(String sql, Object... values) {
        in(tx -> JobTable.in(tx).execute(sql, values));
    }

    long count(String sql) {
        return in(tx -> JobTable.in(tx).createQuery(sql).mapTo(Long.class).one());
    }

    long jobs() {
        return count("SELECT count(*) FROM gatehouse_queue_job");
    }

    boolean isUsable(Tx tx) {
        return JobTable.in(tx).createQuery("SELECT 1").mapTo(Integer.class).one() == 1;
    }

    @Override
    public void close() {
        queues.forEach(JobQueue::close);
    }

    /** A test that is run on a database. */
    interface OnDatabase {

        /** With the tables, and a pool. */
        HikariDataSource database();
    }
}
