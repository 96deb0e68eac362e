// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.cli;

import dev.gatehouse.backup.Archive;
import dev.gatehouse.backup.ArchivedBackup;
import dev.gatehouse.backup.BackupException;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Says which backups the key at hand opens. Shows no key. */
final class KeysCommand implements Command {

    @Override
    public Set<String> options() {
        return Commands.options();
    }

    @Override
    public int run(Session session) throws UsageException, IOException {
        Archive.Contents contents = session.access().open().contents();
        List<ArchivedBackup> closed = contents.backups().stream()
                .filter(backup -> backup.trouble()
                        .filter(BackupException.WrongKey.class::isInstance)
                        .isPresent())
                .toList();
        int all = contents.backups().size();
        session.out().println((all - closed.size()) + " of " + all + " backups open with the keys at hand");
        closed.forEach(backup -> session.out().println("not backup " + backup.id() + ", number " + backup.sequence()));
        return closed.isEmpty() ? ExitCode.OK : ExitCode.WRONG_KEY;
    }
}
