// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.testing;

import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.FailLevel;
import dev.gatehouse.readiness.ReadinessItem;
import dev.gatehouse.readiness.ReadinessReport;
import dev.gatehouse.readiness.ReadinessStatus;

/** The readiness report as a release gate in a test. */
public final class ReadinessAssertions {

    private ReadinessAssertions() {}

    /** Fails, listing what is open with reason, evidence, risk and next step, when the report reaches {@code level}. */
    public static void assertReady(ReadinessReport report, FailLevel level) {
        if (report.exitCode(level) != 0) {
            StringBuilder message = new StringBuilder("not ready at fail level " + level + ":");
            report.reaching(level).forEach(item -> describe(message, item));
            report.remarks().forEach(remark -> message.append("\n  remark: ").append(remark));
            throw new AssertionError(message.toString());
        }
    }

    /** Fails unless the requirement of this ID stands at {@code status}. */
    public static void assertStatus(ReadinessReport report, String id, ReadinessStatus status) {
        ReadinessItem item = report.items().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + ": is no requirement of the report"));
        if (item.status() != status) {
            StringBuilder message = new StringBuilder(id + ": was " + item.status() + " but should be " + status);
            describe(message, item);
            throw new AssertionError(message.toString());
        }
    }

    private static void describe(StringBuilder message, ReadinessItem item) {
        message.append("\n  ")
                .append(item.status())
                .append(' ')
                .append(item.id())
                .append(": ");
        message.append(item.requirement().title());
        item.reasons().forEach(reason -> message.append("\n    why  ").append(reason));
        item.evidence().forEach(evidence -> message.append("\n    seen ").append(sentence(evidence)));
        message.append("\n    risk ").append(item.requirement().risk());
        message.append("\n    next ").append(item.next());
    }

    private static String sentence(Evidence evidence) {
        return evidence.what() + ": " + evidence.value() + " (" + evidence.source() + ", " + evidence.at() + ")";
    }
}
