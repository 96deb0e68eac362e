// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** db-scheduler by itself, with the table of its own documentation. */
final class BareScheduler implements QueueUnderTest {

    private static final String TABLE = "CREATE TABLE IF NOT EXISTS scheduled_tasks (task_name TEXT NOT NULL,"
            + " task_instance TEXT NOT NULL, task_data BYTEA, execution_time TIMESTAMP WITH TIME ZONE NOT NULL,"
            + " picked BOOLEAN NOT NULL, picked_by TEXT, last_success TIMESTAMP WITH TIME ZONE,"
            + " last_failure TIMESTAMP WITH TIME ZONE, consecutive_failures INT, last_heartbeat TIMESTAMP WITH TIME ZONE,"
            + " version BIGINT NOT NULL, priority SMALLINT, PRIMARY KEY (task_name, task_instance))";
    private static final byte[] DATA = new byte[250];

    private final HikariDataSource source;
    private final UnaryOperator<SchedulerBuilder> polling;
    private final int workers;
    private final SchedulerClient client;
    private volatile Runnable done = () -> {};
    private final OneTimeTask<byte[]> task =
            Tasks.oneTime("count", byte[].class).execute((instance, context) -> done.run());

    BareScheduler(HikariDataSource source, UnaryOperator<SchedulerBuilder> polling, int workers) {
        this.source = source;
        this.polling = polling;
        this.workers = workers;
        run(TABLE);
        run("CREATE INDEX IF NOT EXISTS due ON scheduled_tasks (execution_time)");
        run("CREATE INDEX IF NOT EXISTS heartbeat ON scheduled_tasks (last_heartbeat)");
        client = SchedulerClient.Builder.create(source, task)
                .serializer(new Bytes())
                .build();
    }

    private void run(String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void enqueue() {
        client.scheduleIfNotExists(task.instance(UUID.randomUUID().toString(), DATA), Instant.now());
    }

    @Override
    public Running start(Runnable after) {
        done = after;
        Scheduler scheduler = polling.apply(Scheduler.create(source, task)
                        .serializer(new Bytes())
                        .threads(workers)
                        .pollingInterval(Duration.ofSeconds(1)))
                .build();
        scheduler.start();
        return scheduler::stop;
    }

    /** The bytes as they are. */
    private static final class Bytes implements Serializer {
        @Override
        public byte[] serialize(@Nullable Object data) {
            return data == null ? new byte[0] : (byte[]) data;
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] bytes) {
            return type.cast(bytes);
        }
    }
}
