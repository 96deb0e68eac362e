// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.cli;

import dev.gatehouse.backup.Archive;
import dev.gatehouse.backup.ArchivedBackup;
import dev.gatehouse.backup.BackupException;
import java.io.IOException;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds the backup that an option means: {@code latest}, {@code latest-drilled}, a number, or an ID. */
record Selection(Archive archive) {

    String id(String word) throws UsageException, IOException {
        Archive.Contents contents = archive.contents();
        if (word.equals("latest") || word.equals("latest-drilled")) {
            if (contents.rolledBack()) {
                throw new UsageException(
                        "the newest backup is not the newest ever made, so name one by its ID; list" + " shows them");
            }
            boolean drilled = word.equals("latest-drilled");
            return find(
                    contents,
                    backup -> backup.trouble().isEmpty()
                            && !(drilled && backup.drill().isEmpty()),
                    word);
        }
        if (word.matches("[0-9a-f]{32}")) {
            return word;
        }
        return find(contents, backup -> String.valueOf(backup.sequence()).equals(word), word);
    }

    private static String find(Archive.Contents contents, Predicate<ArchivedBackup> wanted, String word)
            throws UsageException {
        return contents.backups().stream()
                .filter(wanted)
                .map(ArchivedBackup::id)
                .findFirst()
                .orElseThrow(() -> new UsageException("--backup=" + Options.printable(word)
                        + " is none that can be used; latest, latest-drilled, a number or an ID of list"));
    }

    /** The backups that only another key would open. */
    static Set<String> closed(Archive.Contents contents) {
        return contents.backups().stream()
                .filter(backup -> backup.trouble()
                        .filter(BackupException.WrongKey.class::isInstance)
                        .isPresent())
                .map(ArchivedBackup::id)
                .collect(Collectors.toSet());
    }
}
