// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import dev.gatehouse.testing.TestDatabases;
import javax.sql.DataSource;

final class PostgresqlFeatureStoreTest extends FeatureStoreContract {

    private static final DataSource SOURCE = Databases.migrated(TestDatabases.postgresql());

    @Override
    FeatureStore fresh() {
        return Databases.emptied(SOURCE);
    }
}
