// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import dev.gatehouse.testing.TestDatabases;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

final class PostgresqlSqlWatchTest extends SqlWatchContract {

    private static final DataSource SOURCE = TestDatabases.postgresql();

    @Override
    DataSource database() {
        return SOURCE;
    }

    @Override
    Class<?> driverConnection() {
        return PGConnection.class;
    }
}
