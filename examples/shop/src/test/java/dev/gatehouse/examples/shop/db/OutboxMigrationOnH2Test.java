// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.db;

import dev.gatehouse.testing.TestDatabases;
import javax.sql.DataSource;

class OutboxMigrationOnH2Test extends OutboxMigrationContract {

    @Override
    DataSource freshDatabase() {
        return TestDatabases.h2();
    }
}
