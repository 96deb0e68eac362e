// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import static dev.gatehouse.readiness.ReadinessStatus.ATTESTED;
import static dev.gatehouse.readiness.ReadinessStatus.EXEMPT;
import static dev.gatehouse.readiness.ReadinessStatus.FAILED;
import static dev.gatehouse.readiness.ReadinessStatus.STALE;
import static dev.gatehouse.readiness.ReadinessStatus.UNKNOWN;
import static dev.gatehouse.readiness.ReadinessStatus.VERIFIED;
import static dev.gatehouse.readiness.ReadinessStatus.WAIVED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class ReadinessReportTest {

    static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    static final Evidence SEEN = new Evidence("age of the last drill", "3 days", "drill log", NOW);

    private final List<ReadinessCheck> checks = new ArrayList<>();
    private String signOffs = "";

    private ReadinessReport report() {
        SignOffs read = SignOffs.parse("signoffs", signOffs, NOW, NOW);
        return ReadinessReport.of(Catalogue.standard(), checks, read, () -> NOW);
    }

    private ReadinessItem item(String id) {
        return report().items().stream()
                .filter(item -> item.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private ReadinessStatus status(String id) {
        return item(id).status();
    }

    private void check(String id, Callable<Finding> probe) {
        checks.add(new ReadinessCheck(id, "check " + checks.size(), probe));
    }

    private void sign(String id, String kind, String expires) {
        String name = kind + id;
        signOffs += name + ".id=" + id + "\n" + name + ".kind=" + kind + "\n" + name + ".owner=Lead\n" + name
                + ".reason=because\n" + name + ".expires=" + expires + "\n";
    }

    @Test
    void listsEveryRequirementAndIsNeverSilentlyGreen() {
        ReadinessReport report = report();

        assertThat(report.items()).hasSize(63);
        assertThat(report.count(VERIFIED)).as("the two it answers for itself").isEqualTo(2);
        assertThat(report.count(EXEMPT)).isEqualTo(1);
        assertThat(report.count(UNKNOWN)).isEqualTo(60);
        assertThat(item("C3").reasons()).containsExactly("no check looked");
        assertThat(item("G5").reasons()).containsExactly("nobody has attested it");
    }

    @Test
    void putsWhatIsOpenFirstAndTheGravestRiskBeforeTheOthers() {
        check("C3", () -> Finding.verified(SEEN));
        check("D4", () -> Finding.failed("no Retry-After", SEEN));
        check("A9", () -> Finding.failed("a route has no rule", SEEN));
        List<ReadinessItem> items = report().items();

        assertThat(items.get(0).id()).isEqualTo("A9");
        assertThat(items.get(items.size() - 1).id()).isEqualTo("G13");
        assertThat(items.stream()
                        .filter(item -> item.status().open())
                        .map(item -> item.requirement().rank()))
                .isSorted();
        assertThat(items.stream().dropWhile(item -> item.status().open()))
                .noneMatch(item -> item.status().open());
    }

    @Nested
    class SeveralChecksOfOneRequirement {

        @Test
        void countAsTheWorstOfThem() {
            check("C3", () -> Finding.verified(SEEN));
            assertThat(status("C3")).isEqualTo(VERIFIED);
            check("C3", () -> Finding.unknown("no drill log"));
            assertThat(status("C3")).isEqualTo(UNKNOWN);
            check("C3", () -> Finding.stale("the last drill is 61 days old", SEEN));
            assertThat(status("C3")).isEqualTo(STALE);
            check("C3", () -> Finding.failed("the last drill failed", SEEN));
            assertThat(status("C3")).isEqualTo(FAILED);
        }

        @Test
        void keepTheEvidenceAndTheReasonsOfAll() {
            Evidence other = new Evidence("drills", "none", "drill log", NOW);
            check("C3", () -> Finding.verified(SEEN));
            check("C3", () -> Finding.failed("the last drill failed", other));

            assertThat(item("C3").evidence()).containsExactly(other, SEEN);
            assertThat(item("C3").reasons()).containsExactly("the last drill failed");
        }
    }

    @Nested
    class AnAttestation {

        @Test
        void answersWhereNoCheckCan() {
            sign("G5", "attest", "2026-06-01");

            assertThat(status("G5")).isEqualTo(ATTESTED);
            assertThat(item("G5").evidence())
                    .extracting(Evidence::value)
                    .containsExactly("because (Lead, until 2026-06-01)");
            assertThat(item("G5").next()).contains("2026-06-01");
        }

        @Test
        void doesNotChangeWhatACheckFound() {
            check("C3", () -> Finding.failed("the last drill failed", SEEN));
            check("C1", () -> Finding.stale("old", SEEN));
            check("C2", () -> Finding.unknown("no store"));
            sign("C3", "attest", "2026-06-01");
            sign("C1", "attest", "2026-06-01");
            sign("C2", "attest", "2026-06-01");

            assertThat(List.of(status("C3"), status("C1"), status("C2"))).containsExactly(FAILED, STALE, UNKNOWN);
            assertThat(report().remarks()).hasSize(3).allMatch(remark -> remark.contains("is overruled"));
        }

        @Test
        void addsTheHalfOfPeopleWhereACheckAnswersForTheOther() {
            check("G10", () -> Finding.verified(SEEN));
            assertThat(item("G10").reasons()).containsExactly("the half that people answer for is not attested");
            sign("G10", "attest", "2026-06-01");

            assertThat(status("G10")).isEqualTo(VERIFIED);
            assertThat(item("G10").reasons()).isEmpty();
            assertThat(item("G10").evidence()).hasSize(2);
        }
    }

    @Nested
    class ADeferral {

        @Test
        void waivesWhatIsOpenAndKeepsTheEvidenceOfTheFailure() {
            check("C3", () -> Finding.failed("the last drill failed", SEEN));
            sign("C3", "defer", "2026-06-01");

            assertThat(status("C3")).isEqualTo(WAIVED);
            assertThat(item("C3").evidence()).contains(SEEN).hasSize(2);
            assertThat(item("C3").reasons()).containsExactly("the last drill failed");
            assertThat(item("C3").next()).startsWith("Before 2026-06-01: ");
        }

        @Test
        void isUnusedWhereTheRequirementHolds() {
            check("C3", () -> Finding.verified(SEEN));
            sign("C3", "defer", "2026-06-01");

            assertThat(status("C3")).isEqualTo(VERIFIED);
            assertThat(report().remarks())
                    .containsExactly("sign-off deferC3 for C3 (Lead) is unused: it is VERIFIED without it; remove it");
        }

        @Test
        void doesNothingToWhatIsNeverDemanded() {
            check("G13", () -> Finding.failed("no service mesh", SEEN));
            sign("G13", "defer", "2026-06-01");

            assertThat(status("G13")).isEqualTo(EXEMPT);
            assertThat(report().remarks()).hasSize(1);
        }
    }

    @Nested
    class AnExpiry {

        @Test
        void isWarnedOfFourteenDaysBefore() {
            sign("G5", "attest", "2026-03-24");
            sign("G6", "attest", "2026-03-25");

            assertThat(report().remarks())
                    .containsExactly("sign-off attestG5 for G5 (Lead) expires on 2026-03-24, in 14 days");
        }

        @Test
        void endsWhatWasSignedAndIsSaid() {
            check("C3", () -> Finding.failed("the last drill failed", SEEN));
            sign("C3", "defer", "2026-03-09");

            assertThat(status("C3")).isEqualTo(FAILED);
            assertThat(status("G2")).isEqualTo(STALE);
            assertThat(report().remarks())
                    .containsExactly("sign-off deferC3 for C3 (Lead) expired on 2026-03-09 and does not count");
        }
    }

    @Test
    void reportsASignOffForWhatIsNoRequirement() {
        sign("Z9", "defer", "2026-06-01");

        assertThat(report().remarks())
                .containsExactly("sign-off deferZ9 for Z9 (Lead) is unused: there is no such requirement");
    }

    @Test
    void failsTheGateItselfWhenTheFileOfSignOffsIsRefused() {
        Readiness readiness = new Readiness(
                Catalogue.standard(), checks, () -> SignOffs.parse("signoffs", "G5.kind=attest", NOW, NOW), () -> NOW);
        ReadinessReport report = readiness.report();

        assertThat(report.reaching(FailLevel.FAILED))
                .extracting(ReadinessItem::id)
                .containsExactly("G2");
        assertThat(report.remarks()).contains("sign-offs refused: G5.owner must be set");
    }

    @Test
    void failsThePlanWhenACheckAnswersForWhatIsNoRequirement() {
        check("Z1", () -> Finding.verified(SEEN));

        assertThat(status("G12")).isEqualTo(FAILED);
        assertThat(report().remarks()).containsExactly("check 'check 0' answers for Z1, which is no requirement");
    }
}
