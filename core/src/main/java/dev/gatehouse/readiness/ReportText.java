// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a report for a terminal. */
final class ReportText {

    private ReportText() {}

    static String of(ReadinessReport report) {
        StringBuilder out = new StringBuilder("Readiness at " + report.generatedAt() + ": " + summary(report) + "\n");
        report.items().forEach(item -> write(out, item));
        if (!report.remarks().isEmpty()) {
            out.append("\nRemarks\n");
            report.remarks()
                    .forEach(remark ->
                            out.append("  ").append(Quoted.plain(remark)).append('\n'));
        }
        return out.toString();
    }

    static String summary(ReadinessReport report) {
        return Arrays.stream(ReadinessStatus.values())
                .map(status -> report.count(status) + " " + status.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static void write(StringBuilder out, ReadinessItem item) {
        String title = item.requirement().title();
        out.append(String.format(Locale.ROOT, "\n%-8s %-4s %s\n", item.status(), item.id(), title));
        item.reasons().forEach(reason -> line(out, "why", reason));
        item.evidence().forEach(evidence -> line(out, "seen", sentence(evidence)));
        if (item.status().open()) {
            line(
                    out,
                    "risk",
                    item.requirement().rank() + " of 5: " + item.requirement().risk());
        }
        if (!item.next().isEmpty()) {
            line(out, "next", item.next());
        }
    }

    static String sentence(Evidence evidence) {
        return evidence.what() + ": " + evidence.value() + " (" + evidence.source() + ", " + evidence.at() + ")";
    }

    private static void line(StringBuilder out, String label, String text) {
        out.append(String.format(Locale.ROOT, "              %-4s  %s\n", label, Quoted.plain(text)));
    }
}
