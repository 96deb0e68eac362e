// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Runs pg_restore into a new database, in parallel, as its owner, who is no superuser. The first error ends it.
 *
 * @param programs where pg_restore is
 * @param target the new database
 */
record Restoration(Programs programs, Login target) {

    private static final Duration LIST = Duration.ofMinutes(2);
    private static final Duration MOST = Duration.ofDays(2);
    private static final int JOBS = Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));
    /** Comments on what the owner of a database does not own. */
    private static final Pattern NOT_OURS =
            Pattern.compile("[0-9]+; [0-9]+ [0-9]+ COMMENT - (?:EXTENSION .*|SCHEMA public .*)");

    private static final Pattern ITEM = Pattern.compile("[0-9]+; .*");
    private static final Pattern TROUBLE = Pattern.compile("(?i).*\\b(?:error|warning|fatal|panic):.*");

    /** Restores {@code dump}, which is whole and authentic. */
    void run(Path dump, PostgresqlRestore.Progress progress) throws IOException {
        List<String> items = items(dump);
        Path list = Files.createTempFile("gatehouse-restore", ".list");
        try {
            Files.write(list, items);
            AtomicInteger done = new AtomicInteger();
            Child.run(
                    command(dump, list),
                    MOST,
                    line -> {
                        if (line.contains(" finished item ")) {
                            progress.restored(done.incrementAndGet(), items.size());
                        }
                    },
                    // Its workers write over one another, so a line that is no trouble may begin with anything.
                    line -> !TROUBLE.matcher(line).matches());
        } finally {
            Files.delete(list);
        }
    }

    private ProcessBuilder command(Path dump, Path list) {
        return target.command(List.of(
                programs.program("pg_restore").toString(),
                "--no-password",
                "--dbname=" + target.database(),
                "--exit-on-error",
                "--no-owner",
                "--no-tablespaces",
                "--no-subscriptions",
                "--no-publications",
                "--jobs=" + JOBS,
                "--verbose",
                "--use-list=" + list,
                dump.toString()));
    }

    private List<String> items(Path dump) throws IOException {
        ProcessBuilder command = Environment.bare(programs.program("pg_restore").toString(), "--list", dump.toString());
        return Child.run(command, LIST)
                .lines()
                .filter(line ->
                        ITEM.matcher(line).matches() && !NOT_OURS.matcher(line).matches())
                .toList();
    }
}
