// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.cli;

import dev.gatehouse.backup.BackupException;

/** What the command's exit code tells a script. They are part of its interface and never change their meaning. */
final class ExitCode {

    static final int OK = 0;
    /** Something is not as it was written; the backup is named. */
    static final int DAMAGED = 1;
    /** None of the keys at hand opens it. */
    static final int WRONG_KEY = 2;
    /** The store, the disk or the key file did not do its part, or refused the credentials. */
    static final int UNAVAILABLE = 3;
    /** The place to restore into is not a new one. */
    static final int TARGET_REFUSED = 4;
    /** There is no such backup. */
    static final int NOT_FOUND = 5;
    /** Backups were deleted, replaced or put back. */
    static final int TAMPERED = 6;
    /** The command was not understood. */
    static final int USAGE = 64;
    /** A mistake of this program. */
    static final int BROKEN = 70;

    private ExitCode() {}

    static int of(BackupException e) {
        if (e instanceof BackupException.Damaged) {
            return DAMAGED;
        }
        if (e instanceof BackupException.WrongKey) {
            return WRONG_KEY;
        }
        if (e instanceof BackupException.TargetRefused) {
            return TARGET_REFUSED;
        }
        if (e instanceof BackupException.NotFound) {
            return NOT_FOUND;
        }
        return e instanceof BackupException.RolledBack ? TAMPERED : UNAVAILABLE;
    }
}
