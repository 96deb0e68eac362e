// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks;

import dev.gatehouse.benchmarks.guards.GuardedCall;
import java.util.concurrent.TimeUnit;
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
 * What a guarded call costs that answers at once: without a timeout, with one, and while the circuit is open. Ours has a
 * timeout always, and so has one figure for the first two. Run it with {@code -t 1} and {@code -t 2}, and with {@code -prof
 * gc}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class GuardBenchmark {

    /** Whose policies. */
    @Param({"bare", "gatehouse", "resilience4j", "failsafe", "smallrye"})
    public String guard = "gatehouse";

    private String answer = "answer";
    private GuardedCall withoutTimeout = work -> "";
    private GuardedCall withTimeout = work -> "";
    private GuardedCall open = work -> "";

    /** One of each, the last with an open circuit. */
    @Setup
    public void build() throws Exception {
        withoutTimeout = GuardedCall.named(guard, false);
        withTimeout = GuardedCall.named(guard, true);
        open = GuardedCall.named(guard, true);
        if (!guard.equals("bare")) {
            open.open();
        }
    }

    /** A call that answers, without a timeout where there is such a thing. */
    @Benchmark
    public String withoutTimeout() throws Exception {
        return withoutTimeout.call(() -> answer);
    }

    /** A call that answers, with a timeout. */
    @Benchmark
    public String withTimeout() throws Exception {
        return withTimeout.call(() -> answer);
    }

    /** A call that is not made. */
    @Benchmark
    public String open() throws Exception {
        return open.call(() -> answer);
    }
}
