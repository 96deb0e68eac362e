// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import java.time.Instant;
import java.util.List;

/**
 * The sign-offs as they were read for one report.
 *
 * @param entries what counts
 * @param finding whether they are in order
 * @param problems why the file was refused
 */
record Signed(SignOffs entries, Finding finding, List<String> problems) {

    static Signed of(SignOffs entries, Instant now) {
        long expired =
                entries.entries().stream().filter(each -> each.expired(now)).count();
        String value = entries.entries().size() - expired + " valid, " + expired + " expired";
        Evidence evidence = new Evidence("sign-offs", value, "readiness report", now);
        Finding finding = expired == 0
                ? Finding.verified(evidence)
                : Finding.stale("what was signed has expired and was neither renewed nor closed", evidence);
        return new Signed(entries, finding, List.of());
    }

    static Signed refused(SignOffException e, Instant now) {
        Evidence evidence =
                new Evidence("problems of the file", String.valueOf(e.problems().size()), "readiness report", now);
        List<String> problems =
                e.problems().stream().map(each -> "sign-offs refused: " + each).toList();
        return new Signed(
                SignOffs.none(),
                Finding.failed("the file of sign-offs is refused, none of it counts", evidence),
                problems);
    }
}
