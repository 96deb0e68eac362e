// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Runs pg_restore into a new database, in parallel, as its owner, who is no superuser. The first error ends it.
 *
 * @param programs where pg_restore is
 * @param target the new database
 */
record Restoration(Programs programs, Login target) {

    /** How many connections take rows. */
    static final int JOBS = Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));

    /** A commit may be lost with the server until one waits for the disk: the last one, with which a restore ends. */
    private static final String FASTER = "-c synchronous_commit=off";

    private static final Duration LIST = Duration.ofMinutes(2);
    private static final Duration MOST = Duration.ofDays(2);
    /** Comments on what the owner of a database does not own. */
    private static final Pattern NOT_OURS =
            Pattern.compile("[0-9]+; [0-9]+ [0-9]+ COMMENT - (?:EXTENSION .*|SCHEMA public .*)");

    private static final Pattern ITEM = Pattern.compile("[0-9]+; .*");
    private static final Pattern TROUBLE = Pattern.compile("(?i).*\\b(?:error|warning|fatal|panic):.*");

    /** Restores {@code dump}, which is whole and authentic. */
    void run(Path dump, PostgresqlRestore.Progress progress) throws IOException {
        List<String> items = items(dump);
        run(dump, items, new Steps(items.size(), progress), List.of("--jobs=" + JOBS));
    }

    /** Restores some items, of the sections that {@code options} name. */
    void run(Path dump, List<String> items, Steps steps, List<String> options) throws IOException {
        Path list = Files.createTempFile("gatehouse-restore", ".list");
        try {
            Files.write(list, items);
            Child.run(
                    command(dump, list, options),
                    MOST,
                    line -> {
                        if (line.contains(" finished item ")) {
                            steps.done();
                        }
                    },
                    // Its workers write over one another, so a line that is no trouble may begin with anything.
                    line -> !TROUBLE.matcher(line).matches());
        } finally {
            Files.delete(list);
        }
    }

    private ProcessBuilder command(Path dump, Path list, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                programs.program("pg_restore").toString(),
                "--no-password",
                "--dbname=" + target.database(),
                "--exit-on-error",
                "--no-owner",
                "--no-tablespaces",
                "--no-subscriptions",
                "--no-publications",
                "--verbose",
                "--use-list=" + list));
        command.addAll(options);
        command.add(dump.toString());
        ProcessBuilder builder = target.command(command);
        builder.environment().merge("PGOPTIONS", FASTER, (before, more) -> before + " " + more);
        return builder;
    }

    /** What is in a dump, a line each. */
    List<String> items(Path dump) throws IOException {
        ProcessBuilder command = Environment.bare(programs.program("pg_restore").toString(), "--list", dump.toString());
        Predicate<String> item = ITEM.asMatchPredicate();
        return Child.run(command, LIST)
                .lines()
                .filter(item.and(NOT_OURS.asMatchPredicate().negate()))
                .toList();
    }
}
