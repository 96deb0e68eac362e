// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.cli;

/** What {@code help} prints. */
final class Help {

    static final String TEXT = """
            Lists, verifies and restores backups, without the application that made them.

              list     --store=PLACE KEY                       what is there, newest first
              verify   --store=PLACE KEY [--backup=B] [--level=exists|full]
                                                               reads without restoring; all, unless named
              restore  --store=PLACE KEY --to=FOLDER [--backup=B] [--dry-run]
                                                               into a new or empty folder
              keys     --store=PLACE KEY                       which backups the key opens

            PLACE   a directory, or an address such as s3://bucket/prefix when that store's jar is on the class path:
                    java -cp gatehouse-backup-…-cli.jar:… dev.gatehouse.backup.cli.Main …
                    Credentials come from the environment.
            KEY     --key-file=FILE, readable by you only, --passphrase-file=FILE, or --ask-passphrase.
            B       latest (the default of restore), latest-drilled, a number, or an ID.
            --source=NAME   when the store holds backups of several.
            --marks=FOLDER  compares with the high-water marks that the application keeps.

            Exit codes: 0 done; 1 damaged, the backup is named; 2 wrong key; 3 the store, disk or key file failed;
            4 the target is not a new place; 5 no such backup; 6 backups were deleted, replaced or put back;
            64 not understood; 70 a mistake of this program.
            """;

    private Help() {}
}
