// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.audit;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * The trigger with which H2 refuses to change or delete an audit event. Public because H2 makes it by name; nobody else
 * does, and nothing else needs H2.
 */
public final class AppendOnlyTrigger implements Trigger {

    @Override
    public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
            throws SQLException {
        throw new SQLException("gatehouse_audit is append-only: UPDATE and DELETE are refused");
    }
}
