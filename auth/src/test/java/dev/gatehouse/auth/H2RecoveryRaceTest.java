// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.store.Databases;
import dev.gatehouse.testing.TestDatabases;
import javax.sql.DataSource;

final class H2RecoveryRaceTest extends RecoveryRaceContract {

    private static final DataSource SOURCE = Databases.migrated(TestDatabases.h2());

    @Override
    AuthStore fresh() {
        return Databases.emptied(SOURCE);
    }
}
