// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Answers, each time it is asked, which requirements hold now. It runs every check, all at once and within ten seconds;
 * a probe that throws, answers nothing or takes longer leaves its requirement unknown. The sign-offs are read anew for
 * each report.
 *
 * <p>Two requirements it answers for itself: that sign-offs are in order (G2), and that every check belongs to a
 * requirement with a risk and a next step (G12). Thread-safe; one report is made at a time.
 */
public final class Readiness {

    private static final Duration BOUND = Duration.ofSeconds(10);

    private final Catalogue catalogue;
    private final List<ReadinessCheck> checks;
    private final Supplier<SignOffs> signOffs;
    private final InstantSource clock;
    private final Probes probes;

    /** Of these requirements, checks and sign-offs; the supplier may throw {@link SignOffException}. */
    public Readiness(
            Catalogue catalogue, List<ReadinessCheck> checks, Supplier<SignOffs> signOffs, InstantSource clock) {
        this(catalogue, checks, signOffs, clock, BOUND);
    }

    Readiness(
            Catalogue catalogue,
            List<ReadinessCheck> checks,
            Supplier<SignOffs> signOffs,
            InstantSource clock,
            Duration bound) {
        this.catalogue = catalogue;
        this.checks = List.copyOf(checks);
        this.signOffs = signOffs;
        this.clock = clock;
        this.probes = new Probes(bound);
    }

    /** Runs every check and reports. */
    public synchronized ReadinessReport report() {
        List<Finding> findings = probes.run(checks);
        Instant now = clock.instant();
        Signed signed = signed(now);
        List<ReadinessItem> items = catalogue.requirements().stream()
                .map(each ->
                        new Assessment(each, answers(each, findings, signed.finding(), now), signed.entries(), now))
                .map(Assessment::item)
                .sorted(byRisk())
                .toList();
        List<String> remarks = new ArrayList<>(signed.problems());
        remarks.addAll(new Remarks(catalogue, items, now).about(signed.entries()));
        strangers()
                .forEach(check -> remarks.add("check '" + check.name() + "' answers for " + check.requirement()
                        + ", which is no requirement"));
        return new ReadinessReport(now, items, remarks);
    }

    private Signed signed(Instant now) {
        try {
            return Signed.of(signOffs.get(), now);
        } catch (SignOffException e) {
            return Signed.refused(e, now);
        }
    }

    private List<Finding> answers(Requirement requirement, List<Finding> findings, Finding signed, Instant now) {
        List<Finding> answers = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            if (checks.get(i).requirement().equals(requirement.id())) {
                answers.add(findings.get(i));
            }
        }
        if (requirement.id().equals("G2")) {
            answers.add(signed);
        }
        if (requirement.id().equals("G12")) {
            answers.add(planned(now));
        }
        return answers;
    }

    private Finding planned(Instant now) {
        List<ReadinessCheck> strangers = strangers();
        String value = checks.size() - strangers.size() + " of " + checks.size();
        Evidence evidence =
                new Evidence("checks whose requirement has a risk and a next step", value, "readiness report", now);
        return strangers.isEmpty()
                ? Finding.verified(evidence)
                : Finding.failed("a check answers for what the catalogue does not know", evidence);
    }

    private List<ReadinessCheck> strangers() {
        return checks.stream()
                .filter(check -> catalogue.find(check.requirement()).isEmpty())
                .toList();
    }

    // What is open comes first, the gravest risk before the others; what is never demanded comes last.
    private static Comparator<ReadinessItem> byRisk() {
        return Comparator.comparing((ReadinessItem item) -> !item.status().open())
                .thenComparing(item -> item.status() == ReadinessStatus.EXEMPT)
                .thenComparingInt(item -> item.requirement().rank())
                .thenComparing(ReadinessItem::status);
    }
}
