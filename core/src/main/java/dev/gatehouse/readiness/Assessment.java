// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import dev.gatehouse.readiness.Requirement.AnsweredBy;
import dev.gatehouse.readiness.SignOff.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Judges one requirement: a pure function of the findings of its checks, the sign-offs and the time.
 *
 * <p>The worst finding counts. An attestation stands in for a check that does not exist, or adds the half of people; it
 * never raises what a check found or failed to find out. A deferral turns whatever is open into waived and keeps the
 * evidence of it.
 */
final class Assessment {

    private static final String UNATTESTED = "the half that people answer for is not attested";

    private final Requirement requirement;
    private final List<Finding> findings;
    private final Optional<SignOff> attestation;
    private final Optional<SignOff> deferral;

    Assessment(Requirement requirement, List<Finding> findings, SignOffs signOffs, Instant now) {
        this.requirement = requirement;
        this.findings = findings.stream()
                .sorted(Comparator.comparing(Assessment::status))
                .toList();
        this.attestation = signOffs.valid(requirement.id(), Kind.ATTEST, now);
        this.deferral = signOffs.valid(requirement.id(), Kind.DEFER, now);
    }

    ReadinessItem item() {
        if (requirement.answeredBy() == AnsweredBy.EXEMPT) {
            return new ReadinessItem(requirement, ReadinessStatus.EXEMPT, List.of(), List.of(), "");
        }
        if (findings.isEmpty()) {
            return attestation.map(this::attested).orElseGet(this::unanswered);
        }
        ReadinessStatus worst = status(findings.get(0));
        return worst == ReadinessStatus.VERIFIED ? verified() : open(worst, reasons());
    }

    private ReadinessItem unanswered() {
        boolean people = requirement.answeredBy() == AnsweredBy.PEOPLE;
        String reason = people ? "nobody has attested it" : "no check looked";
        return open(ReadinessStatus.UNKNOWN, List.of(reason));
    }

    private ReadinessItem attested(SignOff signOff) {
        String next = "Renew the attestation before " + signOff.expires();
        return new ReadinessItem(requirement, ReadinessStatus.ATTESTED, List.of(), List.of(signOff.evidence()), next);
    }

    private ReadinessItem verified() {
        boolean shared = requirement.answeredBy() == AnsweredBy.BOTH;
        boolean half = shared && attestation.isEmpty();
        List<Evidence> evidence = shared ? evidence(attestation) : evidence(Optional.empty());
        List<String> reasons = half ? List.of(UNATTESTED) : List.of();
        String next = half ? requirement.next() : "";
        return new ReadinessItem(requirement, ReadinessStatus.VERIFIED, reasons, evidence, next);
    }

    private ReadinessItem open(ReadinessStatus status, List<String> reasons) {
        String next = requirement.next();
        return deferral.map(signOff -> new ReadinessItem(
                        requirement,
                        ReadinessStatus.WAIVED,
                        reasons,
                        evidence(deferral),
                        "Before " + signOff.expires() + ": " + next))
                .orElseGet(() -> new ReadinessItem(requirement, status, reasons, evidence(Optional.empty()), next));
    }

    private List<Evidence> evidence(Optional<SignOff> signOff) {
        List<Evidence> evidence = new ArrayList<>();
        findings.forEach(finding -> evidence.addAll(finding.evidence()));
        signOff.ifPresent(entry -> evidence.add(entry.evidence()));
        return evidence;
    }

    private List<String> reasons() {
        return findings.stream()
                .map(Assessment::reason)
                .filter(reason -> !reason.isEmpty())
                .toList();
    }

    private static ReadinessStatus status(Finding finding) {
        if (finding instanceof Finding.Verified) {
            return ReadinessStatus.VERIFIED;
        }
        if (finding instanceof Finding.Failed) {
            return ReadinessStatus.FAILED;
        }
        return finding instanceof Finding.Stale ? ReadinessStatus.STALE : ReadinessStatus.UNKNOWN;
    }

    private static String reason(Finding finding) {
        if (finding instanceof Finding.Failed failed) {
            return failed.reason();
        }
        if (finding instanceof Finding.Stale stale) {
            return stale.reason();
        }
        return finding instanceof Finding.Unknown unknown ? unknown.reason() : "";
    }
}
