// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import dev.gatehouse.context.RequestContext;
import dev.gatehouse.jdbc.Tx;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Adds a job, sees it within the transaction, rolls back, and sees that it is gone. Nothing of it is ever kept. */
record RollbackDrill(JobQueue queue) implements Callable<Finding> {

    private static final String KIND = "readiness-probe";
    private static final Duration NOT_SOON = Duration.ofDays(365);

    @Override
    public Finding call() throws SQLException {
        String id = UUID.randomUUID().toString();
        try (Connection connection = queue.workshop().source().getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                return drill(new Tx(connection), id);
            } finally {
                connection.rollback();
                connection.setAutoCommit(autoCommit);
            }
        }
    }

    private Finding drill(Tx tx, String id) throws SQLException {
        Instant now = queue.workshop().clock().instant();
        JobTable table = queue.workshop().table();
        Envelope envelope = Envelope.of(Job.of(KIND, Payload.text("")), now, RequestContext.NONE);
        table.insert(tx, new NewJob(KIND, id, now.plus(NOT_SOON), JobPriority.LOW.level(), null, envelope));
        boolean within = table.contains(tx, KIND, id);
        tx.connection().rollback();
        boolean after = table.contains(tx, KIND, id);
        if (after) {
            table.forget(KIND, id);
        }
        Evidence seen = new Evidence(
                "a job that was added and rolled back",
                (within ? "seen" : "not seen") + " before, " + (after ? "seen" : "not seen") + " after",
                "a transaction on the queue's tables",
                now);
        return within && !after ? Finding.verified(seen) : Finding.failed("it outlived its transaction", seen);
    }
}
