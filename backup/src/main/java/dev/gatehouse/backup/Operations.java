// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.backup.guard.DestructiveGuard;
import dev.gatehouse.backup.schedule.Expectations;
import dev.gatehouse.backup.schedule.RunLease;
import dev.gatehouse.backup.verify.VerifyBudget;
import dev.gatehouse.backup.verify.VerifyLevel;
import java.util.Optional;

/**
 * How backups are looked after once they are made.
 *
 * @param retention how they are removed; empty when they are not
 * @param verification how they are read through
 * @param expectations what they should look like
 * @param lease who of a fleet does a run
 * @param audit where approvals and removals are told
 * @param guard what the application asks before it destroys data
 * @param runbook what the written procedure says, and where it is written
 * @param primaryRegion where the application runs
 */
record Operations(
        Optional<RetentionSettings> retention,
        Verifying verification,
        Expectations expectations,
        RunLease lease,
        AuditSink audit,
        Optional<DestructiveGuard> guard,
        Optional<RunbookOrder> runbook,
        Optional<String> primaryRegion) {

    /**
     * How backups are read through.
     *
     * @param due when; empty when only on demand
     * @param level how deep
     * @param budget at what cost
     */
    record Verifying(Optional<Due> due, VerifyLevel level, VerifyBudget budget) {}
}
