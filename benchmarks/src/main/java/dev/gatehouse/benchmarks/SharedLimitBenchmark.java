// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks;

import dev.gatehouse.benchmarks.limits.SharedLimiter;
import dev.gatehouse.context.Deadline;
import dev.gatehouse.ratelimit.LimitStoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One decision that a fleet shares, beside one bare round trip, on servers of this machine: {@code benchmarks/with-servers
 * benchmarks/run SharedLimitBenchmark}. With {@code -p accounts=1 -t 64 -bm thrpt -tu s}: a key that everybody wants.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SharedLimitBenchmark {

    /** Who decides, or what is asked of the server instead. */
    @Param({
        "redis-get",
        "redis-script",
        "redis-gatehouse",
        "redis-bucket4j",
        "postgresql-select",
        "postgresql-gatehouse",
        "postgresql-bucket4j"
    })
    public String limiter = "redis-gatehouse";

    /** How many accounts there are. */
    @Param("10000")
    public int accounts = 1;

    private @Nullable SharedLimiter limits;

    /** Connects to the server and waits until it decides. */
    @Setup
    public void connect() throws SQLException {
        SharedLimiter made = SharedLimiter.named(limiter);
        Deadline until = Deadline.after(Duration.ofSeconds(10));
        while (!answers(made) && !until.expired()) {
            Thread.onSpinWait();
        }
        limits = made;
    }

    private static boolean answers(SharedLimiter limiter) throws SQLException {
        try {
            return limiter.allows(0);
        } catch (LimitStoreException e) {
            return false;
        }
    }

    /** One decision; refusals and failures count as what they are, an exception. */
    @Benchmark
    public boolean decision() throws SQLException {
        if (!Objects.requireNonNull(limits).allows(ThreadLocalRandom.current().nextInt(accounts))) {
            throw new IllegalStateException("the limiter refused: " + limiter);
        }
        return true;
    }
}
