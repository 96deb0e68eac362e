// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/** Moves jobs to the dead letters, each in the transaction that takes it away. Thread-safe. */
record Burial(Jdbi jdbi) {

    private static final String COPY =
            "INSERT INTO gatehouse_queue_dead (kind, id, data, priority, dedup_key, attempts,"
                    + " enqueued_at, died_at, reason) SELECT task_name, task_instance, task_data, priority, dedup_key, %s,"
                    + " enqueued_at, :now, CAST(:reason AS VARCHAR(500)) FROM " + JobTable.NAME;

    /** One whose attempt ended; false when the claim is worth nothing any more. */
    boolean of(Claim claim, Step.Bury step, Instant now) {
        String copy = String.format(COPY, "CAST(:attempts AS INT)") + JobTable.OF_CLAIM;
        return jdbi.inTransaction(handle -> {
            int copied = JobTable.bind(handle.createUpdate(copy), claim)
                    .bind("attempts", step.attempts())
                    .bind("now", JobTable.at(now))
                    .bind("reason", step.reason())
                    .execute();
            boolean buried = copied == 1 && JobTable.remove(handle, claim);
            if (!buried) {
                handle.rollback();
            }
            return buried;
        });
    }

    /** All that the quarantine holds back; answers how many. */
    int ofHeld(String reason, Instant now) {
        String copy = String.format(COPY, "consecutive_failures") + " WHERE picked = FALSE" + Home.QUARANTINED;
        return jdbi.inTransaction(handle -> {
            int copied = handle.createUpdate(copy)
                    .bind("now", JobTable.at(now))
                    .bind("reason", reason)
                    .execute();
            handle.execute("DELETE FROM " + JobTable.NAME + " WHERE picked = FALSE AND EXISTS (SELECT 1 FROM"
                    + " gatehouse_queue_dead WHERE kind = task_name AND id = task_instance)");
            return copied;
        });
    }
}
