// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.jdbc.Transactions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;

/**
 * An instance in a process of its own, to be killed: it enqueues so many jobs and writes each down once its commit was
 * acknowledged, does jobs by writing them down, and exits when none is left. What it writes down outlives it.
 */
final class Worker {

    private Worker() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        int count = Integer.parseInt(arguments[3]);
        try (HikariDataSource source = new HikariDataSource();
                Notes acknowledged = Notes.open(folder.resolve(arguments[2] + ".acknowledged"));
                Notes done = Notes.open(folder.resolve(arguments[2] + ".done"))) {
            source.setJdbcUrl(arguments[0]);
            source.setUsername(arguments[0].startsWith("jdbc:h2:") ? "sa" : "postgres");
            source.setMaximumPoolSize(10);
            try (JobQueue queue = queue(source, done)) {
                queue.start();
                for (int i = 0; i < count; i++) {
                    String job = arguments[2] + "-" + i;
                    enqueue(queue, source, job);
                    acknowledged.write(job);
                }
                Eventually.holds("no job is left", () -> isEmpty(queue));
            }
        }
    }

    private static JobQueue queue(HikariDataSource source, Notes done) {
        return JobQueue.builder(source)
                .handle(
                        "count",
                        run -> {
                            done.write(run.payload().text() + " " + run.idempotencyKey() + " " + run.attempt());
                            return JobResult.done();
                        },
                        JobPolicy.standard().backoff(Duration.ofMillis(1), Duration.ofMillis(50)))
                .polling(Duration.ofMillis(20))
                .heartbeat(Duration.ofMillis(250))
                .build();
    }

    private static void enqueue(JobQueue queue, HikariDataSource source, String job) throws SQLException {
        Transactions.call(source, tx -> queue.enqueue(tx, Job.of("count", Payload.text(job))));
    }

    private static boolean isEmpty(JobQueue queue) {
        KindStatus status = queue.vitals().refresh().of("count");
        return status.waiting() + status.running() == 0;
    }

    /** Lines that the system has before the call returns; they need not survive the machine. */
    record Notes(FileChannel file) implements AutoCloseable {

        static Notes open(Path path) throws IOException {
            return new Notes(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        }

        synchronized void write(String line) throws IOException {
            file.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)));
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
