// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.testing.TestDatabases;

final class JobQueueOnH2Test extends JobQueueContract {

    private static final HikariDataSource DATABASE = Bench.migrated(TestDatabases.h2());

    @Override
    HikariDataSource database() {
        return DATABASE;
    }
}
