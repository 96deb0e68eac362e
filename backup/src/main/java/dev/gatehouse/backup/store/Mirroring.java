// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

/** When an object counts as stored. */
public enum Mirroring {
    /**
     * When every copy has it. A mirror that is down makes backups fail, so that there is never a backup in one place
     * only.
     */
    ALL,
    /**
     * When the first copy has it; mirrors follow when {@link BackupStore#reconcile} is called, and how far they are
     * behind is reported. A mirror that is down costs no backup.
     */
    PRIMARY
}
