// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.cli;

import dev.gatehouse.backup.Archive;
import dev.gatehouse.backup.ArchivedBackup;
import dev.gatehouse.backup.BackupException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Finds the backup that an option means: {@code latest}, {@code latest-drilled}, a number, or an ID.
 *
 * @param archive where it looks
 * @param warn is told which newer ones it passes over, and why
 */
record Selection(Archive archive, Consumer<String> warn) {

    String id(String word) throws NotSelected, BackupException, IOException {
        if (word.matches("[0-9a-f]{32}")) {
            return word;
        }
        Archive.Contents contents = archive.contents();
        if (word.equals("latest") || word.equals("latest-drilled")) {
            if (contents.rolledBack()) {
                throw new NotSelected(
                        ExitCode.TAMPERED,
                        "the newest backup is not the newest ever made, so name one by its ID; list shows them");
            }
            return newest(contents, word.equals("latest-drilled"));
        }
        return contents.backups().stream()
                .filter(backup -> String.valueOf(backup.sequence()).equals(word))
                .findFirst()
                .orElseThrow(() -> none(word))
                .id();
    }

    private String newest(Archive.Contents contents, boolean drilled) throws NotSelected, BackupException {
        List<BackupException> passed = new ArrayList<>();
        for (ArchivedBackup backup : contents.backups()) {
            if (backup.trouble().isPresent()) {
                passed.add(backup.trouble().get());
            } else if (!drilled || backup.drill().isPresent()) {
                passed.forEach(trouble -> warn.accept("passed over: " + trouble.getMessage()));
                return backup.id();
            }
        }
        if (!passed.isEmpty()) {
            throw passed.get(0);
        }
        throw none(drilled ? "latest-drilled" : "latest");
    }

    private static NotSelected none(String word) {
        return new NotSelected(
                ExitCode.NOT_FOUND,
                "there is no backup '" + Options.printable(word)
                        + "'; --backup takes latest, latest-drilled, or a number or an ID that list shows");
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
