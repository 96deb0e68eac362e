// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import dev.gatehouse.testing.TestDatabases;
import javax.sql.DataSource;

final class H2HigherLimitStoreTest extends HigherLimitStoreContract {

    private static final DataSource SOURCE = Databases.migrated(TestDatabases.h2());

    @Override
    HigherLimitStore fresh() {
        return Databases.emptied(SOURCE);
    }
}
