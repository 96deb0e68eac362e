// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.Gate;

/** {@link Backups} as a gate: health, readiness and panel, none of which ever takes an instance out of service. */
public final class BackupGate implements Gate {

    private final Backups backups;

    /** The gate in front of {@code backups}, which it starts and closes. */
    public BackupGate(Backups backups) {
        this.backups = backups;
    }

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public void start() {
        backups.start();
    }

    @Override
    public void close() {
        backups.close();
    }
}
