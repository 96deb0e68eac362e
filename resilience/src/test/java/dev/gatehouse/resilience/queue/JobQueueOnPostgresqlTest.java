// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.testing.TestDatabases;

final class JobQueueOnPostgresqlTest extends JobQueueContract {

    private static final HikariDataSource DATABASE = Bench.migrated(TestDatabases.postgresql());

    @Override
    HikariDataSource database() {
        return DATABASE;
    }
}
