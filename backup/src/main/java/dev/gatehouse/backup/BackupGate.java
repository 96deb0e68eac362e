// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.Gate;
import dev.gatehouse.HealthCheck;
import dev.gatehouse.context.Deadline;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.readiness.ReadinessCheck;
import java.util.List;

/** {@link Backups} as a gate. Its health informs and never takes an instance out of service. */
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
    public List<HealthCheck> health() {
        BackupHealth health = new BackupHealth(backups.settings(), backups.runner());
        return List.of(HealthCheck.informing("backup", health::status));
    }

    @Override
    public List<ReadinessCheck> readiness() {
        return new BackupReadiness(backups.settings(), backups.runner()).checks();
    }

    @Override
    public List<Panel> panels() {
        return List.of(new BackupPanel(backups));
    }

    /** Lets the run in progress end; one that is not done in time is interrupted and leaves nothing that counts. */
    @Override
    public void drain(Deadline until) {
        backups.stop(until.remaining());
    }

    @Override
    public void close() {
        backups.close();
    }
}
