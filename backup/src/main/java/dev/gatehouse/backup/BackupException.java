// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.store.StoreException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a backup could not be made, read or restored; the message names the backup and the next step. */
public abstract sealed class BackupException extends Exception {

    private static final long serialVersionUID = 1L;

    private final @Nullable String backup;

    private BackupException(@Nullable String backup, String message, @Nullable Throwable cause) {
        super(backup == null ? message : "backup " + backup + ": " + message, cause);
        this.backup = backup;
    }

    /** The backup concerned, if there is one. */
    public Optional<String> backup() {
        return Optional.ofNullable(backup);
    }

    /** What it means for a backup that the store, the disk or the key service failed this way. */
    public static BackupException of(@Nullable String backup, String message, IOException cause) {
        Optional<StoreException> told = StoreException.in(cause);
        if (told.isPresent() && told.get() instanceof StoreException.Credentials) {
            return new Credentials(backup, message, cause);
        }
        if (backup != null && told.isPresent() && told.get() instanceof StoreException.Damaged) {
            return new Damaged(backup, message, cause);
        }
        return new Unavailable(backup, message, cause);
    }

    /** The key at hand is not the one that the backup was made with. */
    public static final class WrongKey extends BackupException {
        private static final long serialVersionUID = 1L;

        /** For the parts of this artifact that read a store. */
        public WrongKey(String backup, Throwable cause) {
            super(backup, "none of the keys at hand opens it; restore with the key file it was made with", cause);
        }
    }

    /** The backup is not what was written: changed, cut, mixed with another, or incomplete. */
    public static final class Damaged extends BackupException {
        private static final long serialVersionUID = 1L;

        /** For the parts of this artifact that read a store. */
        public Damaged(String backup, String what, @Nullable Throwable cause) {
            super(
                    backup,
                    what + "; nothing was released, restore another backup and keep this one for inspection",
                    cause);
        }
    }

    /** There is no such backup. */
    public static final class NotFound extends BackupException {
        private static final long serialVersionUID = 1L;

        /** For the parts of this artifact that read a store. */
        public NotFound(@Nullable String backup, String message) {
            super(backup, message, null);
        }
    }

    /** The store holds less than was once written to it: its newest backup was deleted, replaced or replayed. */
    public static final class RolledBack extends BackupException {
        private static final long serialVersionUID = 1L;

        RolledBack(@Nullable String backup, String message) {
            super(backup, message, null);
        }
    }

    /** The place to restore into is not a new one. */
    public static final class TargetRefused extends BackupException {
        private static final long serialVersionUID = 1L;

        /** For the parts of this artifact that read a store. */
        public TargetRefused(String backup, String message) {
            super(backup, message, null);
        }
    }

    /** The store refuses the credentials: unknown, wrong or expired. Whether the backup is well is not known. */
    public static final class Credentials extends BackupException {
        private static final long serialVersionUID = 1L;

        Credentials(@Nullable String backup, String message, Throwable cause) {
            super(backup, message, cause);
        }
    }

    /** The source, the store, the key service or the disk did not do its part. */
    public static final class Unavailable extends BackupException {
        private static final long serialVersionUID = 1L;

        Unavailable(@Nullable String backup, String message, Throwable cause) {
            super(backup, message, cause);
        }
    }
}
