// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.cli;

import dev.gatehouse.backup.Archive;
import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.verify.VerifyBudget;
import dev.gatehouse.backup.verify.VerifyLevel;
import dev.gatehouse.backup.verify.VerifyReport;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads backups without restoring them. */
final class VerifyCommand implements Command {

    @Override
    public Set<String> options() {
        return Commands.options("backup", "level");
    }

    @Override
    public int run(Session session) throws UsageException, NotSelected, BackupException, IOException {
        VerifyLevel level = level(session.options().find("level").orElse("full"));
        Archive archive = session.access().open();
        List<String> alarms = archive.contents().alarms();
        Optional<String> backup = session.options().find("backup");
        if (backup.isPresent()) {
            backup = Optional.of(new Selection(archive, session.err()::println).id(backup.get()));
        }
        VerifyReport report = archive.verify(backup, level, VerifyBudget.unlimited());
        report.damages().forEach(damage -> session.err().println(damage.what()));
        boolean otherKey = !report.passed() && onlyKeys(report, archive);
        String verdict = (otherKey ? "NOT READ, for their key is another one: " : "DAMAGED: ") + damaged(report);
        session.out().println(report.passed() ? "well: " + report.detail() : verdict);
        alarms.forEach(alarm -> session.err().println("ALARM " + alarm));
        if (!report.passed()) {
            return otherKey ? ExitCode.WRONG_KEY : ExitCode.DAMAGED;
        }
        return alarms.isEmpty() ? ExitCode.OK : ExitCode.TAMPERED;
    }

    private static VerifyLevel level(String word) throws UsageException {
        return Arrays.stream(VerifyLevel.values())
                .filter(level -> level.toString().equals(word))
                .filter(level -> level != VerifyLevel.SAMPLE)
                .findFirst()
                .orElseThrow(() -> new UsageException("--level must be exists or full"));
    }

    private static String damaged(VerifyReport report) {
        return "backups "
                + String.join(
                        " ",
                        report.damages().stream()
                                .map(VerifyReport.Damage::backup)
                                .distinct()
                                .toList());
    }

    /** Whether all that is wrong is that the key is another one. */
    private static boolean onlyKeys(VerifyReport report, Archive archive) throws IOException {
        Set<String> closed = Selection.closed(archive.contents());
        return report.damages().stream().allMatch(damage -> closed.contains(damage.backup()));
    }
}
