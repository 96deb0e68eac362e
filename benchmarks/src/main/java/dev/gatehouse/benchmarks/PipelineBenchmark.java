// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks;

import dev.gatehouse.benchmarks.house.HouseUnderTest;
import dev.gatehouse.http.Passage;
import java.io.IOException;
import java.util.Objects;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a request costs on its way through the pipeline around an empty application, stage by stage and whole. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PipelineBenchmark {

    /** Core alone, one gate beside it, or all of them with a signed-in session. */
    @Param({"core", "observability", "ratelimit", "auth", "all"})
    public String gates = "core";

    private @Nullable HouseUnderTest house;

    /** Builds the house. */
    @Setup
    public void build() {
        house = HouseUnderTest.of(gates);
    }

    /** Closes the gates. */
    @TearDown
    public void close() {
        Objects.requireNonNull(house).close();
    }

    /** One GET of a route without a body. */
    @Benchmark
    public int request() throws IOException {
        HouseUnderTest passed = Objects.requireNonNull(house);
        Passage passage = passed.pipeline().enter(passed.request());
        if (!passage.isOpen()) {
            throw new IllegalStateException("the pipeline refused the request: " + gates);
        }
        passage.leave(false);
        return passage.exchange().status();
    }
}
