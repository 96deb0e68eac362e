// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import static dev.gatehouse.readiness.ReadinessReportTest.NOW;
import static dev.gatehouse.readiness.ReadinessReportTest.SEEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReadinessLevelsTest {

    private static final Catalogue TWO = Catalogue.parse("C3=library|1|drill|risk|next\nG5=people|2|scan|risk|next");

    private static ReadinessReport report(Finding drill) {
        List<ReadinessCheck> checks = List.of(new ReadinessCheck("C3", "drill", () -> drill));
        return ReadinessReport.of(TWO, checks, SignOffs.none(), () -> NOW);
    }

    @ParameterizedTest
    @CsvSource({"failed,1,0,0,0", "stale,1,1,0,0", "unknown,1,1,1,0"})
    void exitCodesByLevel(String level, int failed, int stale, int unknown, int verified) {
        FailLevel at = FailLevel.parse(level);

        assertThat(report(Finding.failed("broken", SEEN)).exitCode(at)).isEqualTo(failed);
        assertThat(report(Finding.stale("old", SEEN)).exitCode(at)).isEqualTo(stale);
        assertThat(report(Finding.unknown("hidden")).exitCode(at)).isEqualTo(unknown);
        assertThat(report(Finding.verified(SEEN)).exitCode(at))
                .as("G5 is unknown, but for people")
                .isEqualTo(verified);
    }

    @Test
    void aWaivedFailureReachesNoLevel() {
        SignOffs signOffs = SignOffs.parse(
                "signoffs", "C3.owner=Lead\nC3.reason=because\nC3.expires=2026-06-01\nC3.kind=defer", NOW, NOW);
        List<ReadinessCheck> checks = List.of(new ReadinessCheck("C3", "drill", () -> Finding.failed("broken", SEEN)));

        assertThat(ReadinessReport.of(TWO, checks, signOffs, () -> NOW).exitCode(FailLevel.UNKNOWN))
                .isZero();
    }

    @Test
    void anUnknownLevelIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FailLevel.parse("everything"))
                .withMessageContaining("failed, stale or unknown");
    }
}
