// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.audit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.jdbc.Transactions;
import dev.gatehouse.testing.TestDatabases;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;

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

    @Test
    void tellsNothingOfAnEventThatItCannotKeep() {
        DataSource empty = TestDatabases.h2();
        AuditLog log = AuditLog.jdbc(empty, InstantSource.system(), new SecureRandom());
        AuditEvent event = AuditEvent.success("order.placed", Actor.account("alice"), "bob");
        assertThatThrownBy(() -> log.append(event))
                .isInstanceOf(JdbiException.class)
                .hasMessageNotContainingAny("alice", "bob");
        assertThatThrownBy(() -> Transactions.call(empty, tx -> {
                    log.append(tx, event);
                    return true;
                }))
                .isInstanceOf(JdbiException.class)
                .hasMessageNotContainingAny("alice", "bob");
    }
}
