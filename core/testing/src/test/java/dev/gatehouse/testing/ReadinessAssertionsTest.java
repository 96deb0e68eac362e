// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.readiness.Catalogue;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.FailLevel;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.readiness.ReadinessCheck;
import dev.gatehouse.readiness.ReadinessReport;
import dev.gatehouse.readiness.ReadinessStatus;
import dev.gatehouse.readiness.SignOffs;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReadinessAssertionsTest {

    private final ManualTime time = new ManualTime();

    private ReadinessReport report(Finding drill) {
        List<ReadinessCheck> checks = List.of(new ReadinessCheck("C3", "drill", () -> drill));
        return ReadinessReport.of(Catalogue.standard(), checks, SignOffs.none(), time);
    }

    private Evidence evidence() {
        return new Evidence("drills", "none in 60 days", "drill log", time.instant());
    }

    @Test
    void failsWithEverythingThatIsOpenAtTheLevel() {
        assertThatThrownBy(() -> ReadinessAssertions.assertReady(
                        report(Finding.failed("no drill", evidence())), FailLevel.FAILED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(
                        "FAILED C3", "why  no drill", "seen drills: none in 60 days", "next Run a drill");
    }

    @Test
    void passesBelowTheLevel() {
        ReadinessReport report = report(Finding.stale("old", evidence()));

        assertThatCode(() -> ReadinessAssertions.assertReady(report, FailLevel.FAILED))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ReadinessAssertions.assertReady(report, FailLevel.STALE))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void tellsWhereOneRequirementStands() {
        ReadinessReport report = report(Finding.verified(evidence()));

        assertThatCode(() -> ReadinessAssertions.assertStatus(report, "C3", ReadinessStatus.VERIFIED))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ReadinessAssertions.assertStatus(report, "C3", ReadinessStatus.FAILED))
                .hasMessageContaining("C3: was VERIFIED but should be FAILED");
        assertThatThrownBy(() -> ReadinessAssertions.assertStatus(report, "Z9", ReadinessStatus.FAILED))
                .hasMessageContaining("Z9: is no requirement");
    }
}
