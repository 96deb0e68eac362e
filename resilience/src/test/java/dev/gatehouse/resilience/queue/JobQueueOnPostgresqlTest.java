// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.jdbc.DatabaseProduct;
import dev.gatehouse.testing.TestDatabases;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class JobQueueOnPostgresqlTest {

    private static final HikariDataSource DATABASE = Bench.migrated(TestDatabases.postgresql());

    private interface OnIt extends Bench.OnDatabase {
        @Override
        default HikariDataSource database() {
            return DATABASE;
        }
    }

    @Nested
    final class Enqueuing extends EnqueuingContract implements OnIt {}

    @Nested
    final class Deduplicating extends DeduplicatingContract implements OnIt {}

    @Nested
    final class Failing extends FailingContract implements OnIt {}

    @Nested
    final class DeadLettersByHand extends DeadLettersContract implements OnIt {}

    @Nested
    final class Ordering extends OrderingContract implements OnIt {}

    @Nested
    final class WithSeveralInstances extends InstancesContract implements OnIt {}

    @Nested
    final class HeldBack extends HeldBackContract implements OnIt {}

    @Nested
    final class GoingAway extends LeavingContract implements OnIt {}

    /** A plan is kept by its connection, and so lives on when the table, empty at the time, is full. */
    @Nested
    final class Planned extends QueueContract implements OnIt {

        @Test
        void whileTheTableIsEmptyStatementsAreNotPlannedToScanIt() {
            vacuum();

            assertThat(plan(Statements.DELETE.replace("?", "'1'"))).contains("using gatehouse_queue_job_pkey");
            assertThat(plan(new LaneSql("mail", DatabaseProduct.POSTGRESQL, "")
                            .pick(JobTable.NAME, 8)
                            .replace("?", "'2026-01-01'")))
                    .contains("using gatehouse_queue_job_due", "Tid Scan on gatehouse_queue_job")
                    .doesNotContain("Seq Scan on gatehouse_queue_job");
            assertThat(plan("SELECT * FROM gatehouse_queue_job WHERE picked AND last_heartbeat <= now()"))
                    .contains("using gatehouse_queue_job_heartbeat");
        }

        private void vacuum() {
            try (Connection connection = DATABASE.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("VACUUM ANALYZE gatehouse_queue_job");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private String plan(String sql) {
            return bench.in(tx -> String.join(
                    "\n",
                    JobTable.in(tx)
                            .createQuery("EXPLAIN " + sql)
                            .mapTo(String.class)
                            .list()));
        }
    }
}
