// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import static dev.gatehouse.readiness.ReadinessStatus.UNKNOWN;
import static dev.gatehouse.readiness.ReadinessStatus.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ProbesTest {

    private final List<ReadinessCheck> checks = new ArrayList<>();

    private void check(String id, Callable<Finding> probe) {
        checks.add(new ReadinessCheck(id, "check " + checks.size(), probe));
    }

    private ReadinessItem item(String id) {
        return readiness(Duration.ofSeconds(10)).report().items().stream()
                .filter(item -> item.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aProbeThatThrowsLeavesTheRequirementUnknownWithTheReason() {
        check("C3", () -> {
            throw new IllegalStateException("drill log\nis locked");
        });

        assertThat(item("C3").status()).isEqualTo(UNKNOWN);
        assertThat(item("C3").reasons().get(0)).contains("IllegalStateException: drill log is locked");
    }

    @Test
    void aProbeThatThrowsAnErrorDoesNotTakeTheReportAlong() {
        check("C3", () -> {
            throw new NoClassDefFoundError("drill");
        });

        assertThat(item("C3").status()).isEqualTo(UNKNOWN);
    }

    @Test
    @SuppressWarnings("NullAway") // the point is a probe that breaks its contract
    void aProbeThatAnswersNothingLeavesTheRequirementUnknown() {
        check("C3", () -> null);

        assertThat(item("C3").reasons()).containsExactly("the probe answered nothing");
    }

    @Test
    void aProbeThatHangsLeavesTheRequirementUnknownAndTheOthersAnswered() {
        CountDownLatch never = new CountDownLatch(1);
        check("C3", () -> {
            never.await();
            return Finding.verified(ReadinessReportTest.SEEN);
        });
        check("C1", () -> Finding.verified(ReadinessReportTest.SEEN));
        ReadinessReport report = readiness(Duration.ofSeconds(1)).report();

        assertThat(report.items().stream().filter(item -> item.id().equals("C3")))
                .allMatch(item ->
                        item.status() == UNKNOWN && item.reasons().get(0).contains("did not answer within"));
        assertThat(report.items().stream().filter(item -> item.id().equals("C1")))
                .allMatch(item -> item.status() == VERIFIED);
    }

    @Test
    void aProbeThatCannotEvenBeInterruptedIsNotStartedASecondTime() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger started = new AtomicInteger();
        check("C3", () -> {
            started.incrementAndGet();
            awaitDeafly(end);
            return Finding.verified(ReadinessReportTest.SEEN);
        });
        Readiness readiness = readiness(Duration.ofSeconds(1));
        readiness.report();
        ReadinessReport second = readiness.report();
        end.countDown();

        assertThat(started).hasValue(1);
        assertThat(second.toText()).contains("its last run has still not ended");
    }

    private void awaitDeafly(CountDownLatch end) {
        boolean done = false;
        while (!done) {
            try {
                end.await();
                done = true;
            } catch (InterruptedException e) {
                done = false;
            }
        }
    }

    private Readiness readiness(Duration bound) {
        return new Readiness(Catalogue.standard(), checks, SignOffs::none, () -> ReadinessReportTest.NOW, bound);
    }
}
