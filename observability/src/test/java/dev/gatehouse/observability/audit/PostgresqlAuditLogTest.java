// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.audit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testing.TestDatabases;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class PostgresqlAuditLogTest extends AuditLogContract {

    private static final DataSource SOURCE = migrated(TestDatabases.postgresql());

    @Override
    DataSource database() {
        return SOURCE;
    }

    @Override
    List<String> emptying() {
        return List.of(
                "ALTER TABLE gatehouse_audit DISABLE TRIGGER ALL",
                "TRUNCATE gatehouse_audit",
                "ALTER TABLE gatehouse_audit ENABLE TRIGGER ALL");
    }

    @Test
    void refusesToBeTruncated() {
        assertThatThrownBy(() -> execute("TRUNCATE gatehouse_audit"))
                .hasMessageContaining("append-only: TRUNCATE is refused");
    }
}
