// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.cli;

import dev.gatehouse.backup.Archive;
import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.Restored;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Restores one backup into a new folder, and says what to do with it. */
final class RestoreCommand implements Command {

    @Override
    public Set<String> options() {
        return Commands.options("backup", "to", "dry-run");
    }

    @Override
    public int run(Session session) throws UsageException, NotSelected, BackupException, IOException {
        Path target = Path.of(session.options().need("to"));
        String word = session.options().find("backup").orElse("latest");
        boolean dry = session.options().has("dry-run");
        Archive archive = session.access().open();
        String id = new Selection(archive, session.err()::println).id(word);
        Archive.RestorePlan plan = archive.check(id, target);
        session.out()
                .println("backup " + id + " by " + plan.engine() + ", everything committed before "
                        + plan.recoveryPoint());
        if (dry) {
            session.out()
                    .println("would restore " + plan.bytes() + " bytes into " + target.toAbsolutePath() + ": "
                            + String.join(" ", plan.files()));
            return ExitCode.OK;
        }
        Restored restored = archive.restore(id, target, how -> session.err().println(how));
        session.out().println("restored " + restored.bytes() + " bytes into " + restored.target());
        NextSteps.of(plan, restored.target()).forEach(session.out()::println);
        return ExitCode.OK;
    }
}
