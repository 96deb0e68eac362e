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
              version                                          which this is

            PLACE   a directory, or s3://bucket/prefix, which gatehouse-backup-s3-…-cli.jar opens. Its credentials are in
                    AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, its region in AWS_REGION, and AWS_ENDPOINT_URL_S3
                    names another service than Amazon's.
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
