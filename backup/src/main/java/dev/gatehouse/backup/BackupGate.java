// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.Gate;
import dev.gatehouse.HealthCheck;
import dev.gatehouse.context.Deadline;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.readiness.ReadinessCheck;
import java.util.ArrayList;
import java.util.List;

/** {@link Backups} as a gate. Its health informs and never takes an instance out of service. */
public final class BackupGate implements Gate {

    private final Backups backups;
    private final boolean scheduling;

    /** The gate in front of {@code backups}, which it starts and closes. */
    public BackupGate(Backups backups) {
        this(backups, true);
    }

    private BackupGate(Backups backups, boolean scheduling) {
        this.backups = backups;
        this.scheduling = scheduling;
    }

    /** A gate that shows and judges {@code backups} and starts no schedule: for a second process on the same store. */
    public static BackupGate watching(Backups backups) {
        return new BackupGate(backups, false);
    }

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public void start() {
        if (scheduling) {
            backups.start();
        } else {
            backups.runner().refresh();
        }
    }

    @Override
    public List<HealthCheck> health() {
        BackupHealth health = new BackupHealth(backups.settings(), backups.runner());
        return List.of(
                HealthCheck.informing("backup", health::status),
                HealthCheck.informing("backup-stores", backups.watch()::health));
    }

    @Override
    public List<ReadinessCheck> readiness() {
        List<ReadinessCheck> checks =
                new ArrayList<>(new BackupReadiness(backups.settings(), backups.runner(), backups.watch()).checks());
        checks.addAll(new OperationsReadiness(backups.settings(), backups.runner(), backups.watch()).checks());
        return checks;
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
