// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import dev.gatehouse.testing.TestDatabases;
import javax.sql.DataSource;
import org.h2.jdbc.JdbcConnection;

final class H2SqlWatchTest extends SqlWatchContract {

    private static final DataSource SOURCE = TestDatabases.h2();

    @Override
    DataSource database() {
        return SOURCE;
    }

    @Override
    Class<?> driverConnection() {
        return JdbcConnection.class;
    }
}
