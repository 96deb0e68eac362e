// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import dev.gatehouse.backup.BackupException;
import java.io.IOException;

/** Why no more of a backup can be read, for streams, which can throw nothing else. */
final class Unreadable extends IOException {

    private static final long serialVersionUID = 1L;

    private final BackupException reason;

    Unreadable(BackupException reason) {
        super(reason.getMessage(), reason);
        this.reason = reason;
    }

    BackupException reason() {
        return reason;
    }
}
