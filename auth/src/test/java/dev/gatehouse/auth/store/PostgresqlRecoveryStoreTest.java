// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.testing.TestDatabases;
import javax.sql.DataSource;

final class PostgresqlRecoveryStoreTest extends RecoveryStoreContract {

    private static final DataSource SOURCE = Databases.migrated(TestDatabases.postgresql());

    @Override
    AuthStore fresh() {
        return Databases.emptied(SOURCE);
    }
}
