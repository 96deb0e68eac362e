// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import java.util.List;

/** A file of sign-offs is refused as a whole. The message lists every problem, one a line. */
public final class SignOffException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    SignOffException(String source, List<String> problems) {
        super(source + ": refused\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, each with entry, field, value and rule. */
    public List<String> problems() {
        return problems;
    }
}
