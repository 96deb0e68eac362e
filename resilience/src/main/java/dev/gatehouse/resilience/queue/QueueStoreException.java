// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;

/** The database refused what the queue asked of it. The message holds no values: they are the application's own. */
public final class QueueStoreException extends JdbiException {

    private static final long serialVersionUID = 1L;

    QueueStoreException(String what, SQLException cause) {
        super("resilience.queue: " + what + ": SQLSTATE " + cause.getSQLState(), cause);
    }
}
