// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.HealthStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthBoardTest {

    private final AtomicLong now = new AtomicLong();

    @Test
    void aStormOfProbesCostsOneCheck() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (HealthBoard board = board(check("database", true, () -> {
            asked.incrementAndGet();
            return HealthStatus.up();
        }))) {
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Future<?>> storm = IntStream.range(0, 200)
                    .<Future<?>>mapToObj(i -> threads.submit(board::answers))
                    .toList();
            for (Future<?> probe : storm) {
                probe.get();
            }
            threads.shutdown();
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void asksAgainAfterASecond() {
        AtomicInteger asked = new AtomicInteger();
        try (HealthBoard board = board(check("database", true, () -> {
            asked.incrementAndGet();
            return HealthStatus.up();
        }))) {
            board.answers();
            now.addAndGet(Duration.ofMillis(999).toNanos());
            board.answers();
            assertThat(asked).hasValue(1);
            now.addAndGet(Duration.ofMillis(1).toNanos());
            board.answers();
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void asksAllChecksAtTheSameTime() {
        CyclicBarrier together = new CyclicBarrier(3);
        Callable<HealthStatus> meets = () -> {
            together.await();
            return HealthStatus.up();
        };
        try (HealthBoard board = board(check("a", true, meets), check("b", true, meets), check("c", true, meets))) {
            assertThat(board.answers())
                    .extracting(answer -> answer.status().state())
                    .containsOnly(State.UP);
        }
    }

    @Test
    void aProbeThatThrowsIsDownWithItsReason() {
        try (HealthBoard board = board(check("database", true, () -> {
            throw new IllegalStateException("connection refused");
        }))) {
            assertThat(board.answers().get(0).status().detail()).contains("connection refused");
        }
    }

    @Test
    void aProbeThatHangsIsDownAndHoldsOneThreadOnly() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        HealthCheck hanging = new HealthCheck("provider", false, Duration.ofMillis(1), () -> {
            asked.incrementAndGet();
            awaitUninterruptibly(release);
            ended.countDown();
            return HealthStatus.up();
        });
        try (HealthBoard board = board(hanging)) {
            assertThat(board.answers().get(0).status().detail()).isEqualTo("no answer within PT0.001S");
            now.addAndGet(Duration.ofSeconds(2).toNanos());
            assertThat(board.answers().get(0).status().detail()).isEqualTo("an earlier probe still hangs");
            assertThat(asked).hasValue(1);
            release.countDown();
            ended.await();
        }
    }

    @Test
    void whatAnInterruptedThreadWasToldIsToldToNobodyElse() {
        CountDownLatch release = new CountDownLatch(1);
        try (HealthBoard board = board(check("database", true, () -> {
            release.await();
            return HealthStatus.up();
        }))) {
            Thread.currentThread().interrupt();
            assertThat(board.answers().get(0).status().detail()).isEqualTo("interrupted while asking");
            assertThat(Thread.interrupted()).isTrue();
            release.countDown();
            assertThat(board.answers().get(0).status().state()).isEqualTo(State.UP);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT61S"})
    void aTimeoutIsAboveZeroAndAtMostAMinute(Duration timeout) {
        assertThatThrownBy(() -> new HealthCheck("database", true, timeout, HealthStatus::up))
                .hasMessage("health.database: timeout was " + timeout + " but must be above 0 and at most a minute");
    }

    @Test
    void onlyARequiredCheckTakesTheInstanceOutOfService() {
        HealthReport.Check provider = new HealthReport.Check("payments", false, HealthStatus.down("timeout"));
        HealthReport.Check database = new HealthReport.Check("database", true, HealthStatus.up());
        assertThat(HealthReport.of(List.of(provider, database)).httpStatus()).isEqualTo(200);
        assertThat(HealthReport.of(List.of(provider, database)).state()).isEqualTo(State.DEGRADED);
        HealthReport.Check lost = new HealthReport.Check("database", true, HealthStatus.down("gone"));
        assertThat(HealthReport.of(List.of(provider, lost)).httpStatus()).isEqualTo(503);
    }

    @Test
    void detailsAreForOperatorsOnly() {
        HealthReport report =
                HealthReport.of(List.of(new HealthReport.Check("database", true, HealthStatus.down("jdbc:h2:/x"))));
        assertThat(report.toJson(false))
                .isEqualTo("{\"status\":\"down\",\"checks\":[{\"name\":\"database\",\"status\":\"down\"}]}");
        assertThat(report.toJson(true)).contains("jdbc:h2:/x");
    }

    private HealthBoard board(HealthCheck... checks) {
        return new HealthBoard(List.of(checks), now::get);
    }

    private static HealthCheck check(String name, boolean required, Callable<HealthStatus> probe) {
        return new HealthCheck(name, required, Duration.ofSeconds(30), probe);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
