// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.cli;

import dev.gatehouse.backup.Archive;
import dev.gatehouse.backup.ArchivedBackup;
import dev.gatehouse.backup.BackupException;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** Shows what the store holds, newest first. */
final class ListCommand implements Command {

    private static final String ROW = "%-8s %-20s %-15s %-20s %-32s %s%n";

    @Override
    public Set<String> options() {
        return Commands.options();
    }

    @Override
    public int run(Session session) throws UsageException, IOException {
        Archive.Contents contents = session.access().open().contents();
        session.out().printf(ROW, "NUMBER", "TAKEN", "STORED BYTES", "PASSED A DRILL", "ID", "REMARK");
        for (ArchivedBackup backup : contents.backups()) {
            session.out()
                    .printf(
                            ROW,
                            backup.sequence(),
                            backup.takenAt().map(ListCommand::second).orElse("?"),
                            backup.bytes(),
                            backup.drill().map(ListCommand::second).orElse("never"),
                            backup.id(),
                            remark(backup));
        }
        contents.alarms().forEach(alarm -> session.err().println("ALARM " + alarm));
        List<BackupException> troubles = contents.backups().stream()
                .flatMap(backup -> backup.trouble().stream())
                .toList();
        troubles.forEach(trouble -> session.err().println(trouble.getMessage()));
        boolean otherKey = troubles.stream().allMatch(BackupException.WrongKey.class::isInstance);
        if (!contents.alarms().isEmpty() && (troubles.isEmpty() || !otherKey)) {
            return ExitCode.TAMPERED;
        }
        return troubles.isEmpty() ? ExitCode.OK : ExitCode.of(troubles.get(0));
    }

    /** Whole seconds: times of one width, and nobody restores by the nanosecond. */
    private static String second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String remark(ArchivedBackup backup) {
        String trouble = backup.trouble().map(why -> "NOT USABLE, see below").orElse("");
        return backup.condemned() ? (trouble + " is about to be removed").strip() : trouble;
    }
}
