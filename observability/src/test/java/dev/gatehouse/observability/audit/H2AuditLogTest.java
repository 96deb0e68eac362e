// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.audit;

import dev.gatehouse.testing.TestDatabases;
import java.util.List;
import javax.sql.DataSource;

class H2AuditLogTest extends AuditLogContract {

    private static final DataSource SOURCE = migrated(TestDatabases.h2());

    @Override
    DataSource database() {
        return SOURCE;
    }

    @Override
    List<String> emptying() {
        return List.of("TRUNCATE TABLE gatehouse_audit");
    }
}
