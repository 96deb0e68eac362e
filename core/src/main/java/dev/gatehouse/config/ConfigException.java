// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The configuration cannot be used. The message lists every problem, one a line, and no secret; it carries no cause, for
 * a parser's own message might quote what must be hidden. An application prints it to standard error and exits with
 * {@link #EXIT_CODE}.
 */
public final class ConfigException extends RuntimeException {

    /** {@code EX_CONFIG} of BSD's {@code sysexits.h}. */
    public static final int EXIT_CODE = 78;

    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    ConfigException(List<ConfigProblem> problems) {
        super(text(problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, in the order of the record's components. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    private static String text(List<ConfigProblem> problems) {
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return problems.stream()
                .map(problem -> "\n  " + problem)
                .collect(Collectors.joining("", "configuration: " + count, ""));
    }
}
