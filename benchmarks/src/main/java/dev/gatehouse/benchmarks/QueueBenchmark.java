// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.benchmarks.queue.QueueUnderTest;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time a job, to enqueue it durably and to do it, in a PostgreSQL that writes as in production: {@code
 * benchmarks/with-servers benchmarks/run QueueBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 8)
@Fork(1)
public class QueueBenchmark {

    private static final int JOBS = 4_000;

    /** Whose queue. */
    @Param({"gatehouse", "db-scheduler-fetch", "db-scheduler-lock", "db-scheduler-lock-ahead"})
    public String queue = "gatehouse";

    /** How many enqueue, or work, at once. */
    @Param("8")
    public int threads = 8;

    private @Nullable HikariDataSource source;
    private @Nullable QueueUnderTest tested;

    /** Makes the tables. */
    @Setup
    public void connect() {
        HikariDataSource made = new HikariDataSource();
        made.setJdbcUrl(Objects.requireNonNull(System.getenv("JDBC_URL"), "JDBC_URL names no database"));
        made.setMaximumPoolSize(2 * threads + 4);
        source = made;
        tested = QueueUnderTest.named(queue, made, threads);
    }

    /** Closes the connections. */
    @TearDown
    public void disconnect() {
        Objects.requireNonNull(source).close();
    }

    private QueueUnderTest tested() {
        return Objects.requireNonNull(tested);
    }

    /** Enqueues jobs, which are done between the shots. */
    @Benchmark
    @OperationsPerInvocation(JOBS)
    public void enqueue(Drained after) throws Exception {
        after.queue = tested();
        fill();
    }

    /** Does jobs that were enqueued between the shots. */
    @Benchmark
    @OperationsPerInvocation(JOBS)
    public void execute(Filled before) throws InterruptedException {
        before.running = work(tested());
    }

    private void fill() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch left = new CountDownLatch(JOBS);
        for (int i = 0; i < JOBS; i++) {
            var unused = pool.submit(() -> {
                tested().enqueue();
                left.countDown();
                return null;
            });
        }
        pool.shutdown();
        await(left);
    }

    private static QueueUnderTest.Running work(QueueUnderTest queue) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(JOBS);
        QueueUnderTest.Running running = queue.start(left::countDown);
        await(left);
        return running;
    }

    private static void await(CountDownLatch left) throws InterruptedException {
        if (!left.await(5, TimeUnit.MINUTES)) {
            throw new IllegalStateException(left.getCount() + " jobs are left");
        }
    }

    /** Empties the queue after each shot. */
    @State(Scope.Benchmark)
    public static class Drained {
        private @Nullable QueueUnderTest queue;

        /** Does what was enqueued. */
        @TearDown(Level.Invocation)
        public void empty() throws InterruptedException {
            work(Objects.requireNonNull(queue)).close();
        }
    }

    /** Fills the queue before each shot. */
    @State(Scope.Benchmark)
    public static class Filled {
        private QueueUnderTest.@Nullable Running running;

        /** Enqueues what is to be done. */
        @Setup(Level.Invocation)
        public void fill(QueueBenchmark benchmark) throws Exception {
            benchmark.fill();
        }

        /** Lets the workers go. */
        @TearDown(Level.Invocation)
        public void end() {
            Objects.requireNonNull(running).close();
        }
    }
}
