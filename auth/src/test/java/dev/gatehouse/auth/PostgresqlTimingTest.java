// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.store.Databases;
import dev.gatehouse.testing.TestDatabases;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;

@Tag("soak")
final class PostgresqlTimingTest extends TimingContract {

    private static final DataSource SOURCE = Databases.migrated(TestDatabases.postgresql());

    @Override
    AuthStore fresh() {
        return Databases.emptied(SOURCE);
    }
}
