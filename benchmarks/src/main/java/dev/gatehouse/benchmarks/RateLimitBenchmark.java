// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks;

import dev.gatehouse.benchmarks.limits.KeyedLimiter;
import java.util.Objects;
import java.util.SplittableRandom;
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
 * One decision in memory that allows: on one account that everybody wants, and on an account at random. Run it with {@code
 * -t 1} and {@code -t 2}, and with {@code -prof gc}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RateLimitBenchmark {

    /** Who decides. */
    @Param({"gatehouse", "caffeine+bucket4j", "bucket4j-caffeine", "resilience4j", "caffeine+guava"})
    public String limiter = "gatehouse";

    /** How many accounts there are. */
    @Param({"1", "100000"})
    public int accounts = 1;

    private @Nullable KeyedLimiter limits;
    private String[] ids = {};

    /** Every account has a bucket before anything is measured. */
    @Setup
    public void fill() {
        KeyedLimiter made = KeyedLimiter.named(limiter, KeyedLimiter.PLENTY);
        ids = new String[accounts];
        for (int i = 0; i < accounts; i++) {
            ids[i] = "account-" + i;
            made.allows(ids[i]);
        }
        limits = made;
    }

    /** Which account a thread asks for next. */
    @State(Scope.Thread)
    public static class Next {

        private final SplittableRandom random = new SplittableRandom();

        String of(String[] ids) {
            return ids.length == 1 ? ids[0] : ids[random.nextInt(ids.length)];
        }
    }

    /** One decision. */
    @Benchmark
    public boolean decision(Next next) {
        if (!Objects.requireNonNull(limits).allows(next.of(ids))) {
            throw new IllegalStateException("the limiter refused: " + limiter);
        }
        return true;
    }
}
