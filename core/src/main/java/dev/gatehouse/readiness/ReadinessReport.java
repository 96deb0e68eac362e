// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Which requirements hold, with evidence; for each that does not, the risk and the next step. Immutable.
 *
 * @param generatedAt when the checks had run
 * @param items every requirement: what is open first, the gravest risk before the others
 * @param remarks what people should know about their sign-offs and checks
 */
public record ReadinessReport(Instant generatedAt, List<ReadinessItem> items, List<String> remarks) {

    /** Freezes the lists. */
    public ReadinessReport {
        items = List.copyOf(items);
        remarks = List.copyOf(remarks);
    }

    /** Runs {@code checks} once and reports; {@link Readiness} does so repeatedly. */
    public static ReadinessReport of(
            Catalogue catalogue, List<ReadinessCheck> checks, SignOffs signOffs, InstantSource clock) {
        return new Readiness(catalogue, checks, () -> signOffs, clock).report();
    }

    /** What stops a release at {@code level}, the gravest first. */
    public List<ReadinessItem> reaching(FailLevel level) {
        return items.stream().filter(level::isReachedBy).toList();
    }

    /** 0, or 1 when something reaches {@code level}. */
    public int exitCode(FailLevel level) {
        return reaching(level).isEmpty() ? 0 : 1;
    }

    /** How many requirements have this status. */
    public long count(ReadinessStatus status) {
        return items.stream().filter(item -> item.status() == status).count();
    }

    /** For a terminal. */
    public String toText() {
        return ReportText.of(this);
    }

    /**
     * For programs: {@code {"generatedAt","items":[{"id","title","status","automatic","evidence":[{"what","value","source",
     * "at"}],"risk","next"}]}} and further members.
     */
    public String toJson() {
        return ReportJson.of(this);
    }

    /**
     * For browsers: one whole page without scripts, whose one style element carries {@code nonce}, so that it is shown as
     * meant under a strict Content-Security-Policy; without any style when the nonce is empty.
     */
    public String toHtml(String nonce) {
        return ReportHtml.of(this, nonce);
    }

    /**
     * What {@link #toHtml} has below its heading, for a page of the application's own: nothing in it needs to be escaped,
     * and the class of a status is its name in lower case.
     */
    public String toHtmlBody() {
        return ReportHtml.body(this);
    }
}
