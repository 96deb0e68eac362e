// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.audit;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.jdbc.Transactions;
import dev.gatehouse.jdbc.Tx;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Tries to make the audit log forget an event of its own, and always rolls back. */
final class AppendOnlyProbe {

    private static final List<String> ATTACKS = List.of(
            "UPDATE gatehouse_audit SET outcome = 'SUCCESS' WHERE subject = 'readiness-probe'",
            "DELETE FROM gatehouse_audit WHERE subject = 'readiness-probe'");

    private final DataSource source;
    private final AuditLog log;

    AppendOnlyProbe(DataSource source, AuditLog log) {
        this.source = source;
        this.log = log;
    }

    Finding run(Instant now) {
        for (String attack : ATTACKS) {
            Result result = attempt(attack);
            if (result != Result.REFUSED) {
                String verb = attack.substring(0, 6);
                return Finding.failed(
                        result == Result.NOT_FOUND
                                ? "an event was appended but not found by its account"
                                : "the database let an audit event be changed: " + verb + " was not refused");
            }
        }
        return Finding.verified(
                new Evidence("an event appended and found by its account", "yes, and rolled back", "AuditLog", now),
                new Evidence("UPDATE and DELETE of it", "refused by the database", "AuditLog", now));
    }

    private enum Result {
        REFUSED,
        LET_THROUGH,
        NOT_FOUND
    }

    private Result attempt(String attack) {
        try {
            return Transactions.call(source, tx -> {
                throw new Tried(result(tx, attack)); // the way to roll back whatever happened
            });
        } catch (Tried tried) {
            return tried.result;
        } catch (SQLException e) {
            throw new IllegalStateException("the audit log's database did not answer", e);
        }
    }

    private Result result(Tx tx, String attack) {
        AuditEvent event = AuditEvent.success("readiness.probed", Actor.system("readiness"), "readiness-probe");
        log.append(tx, event);
        Handle handle = Jdbi.open(tx.connection());
        AuditPage page = AuditTable.find(handle, AuditQuery.everything().account("readiness-probe"));
        if (!(page instanceof AuditPage.Events events) || events.entries().isEmpty()) {
            return Result.NOT_FOUND;
        }
        try (Statement statement = tx.connection().createStatement()) {
            statement.executeUpdate(attack);
            return Result.LET_THROUGH;
        } catch (SQLException e) {
            // Any other refusal, such as a lost connection, proves nothing.
            return String.valueOf(e.getMessage()).contains("append-only") ? Result.REFUSED : rethrow(e);
        }
    }

    private static Result rethrow(SQLException e) {
        throw new IllegalStateException("the audit log's database failed while it was probed", e);
    }

    /** Carries the result out of a transaction that must not commit. */
    private static final class Tried extends RuntimeException {

        private final Result result;

        Tried(Result result) {
            super(null, null, false, false);
            this.result = result;
        }
    }
}
