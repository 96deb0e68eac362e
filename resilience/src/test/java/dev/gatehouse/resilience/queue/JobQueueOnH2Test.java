// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.testing.TestDatabases;
import org.junit.jupiter.api.Nested;

final class JobQueueOnH2Test {

    private static final HikariDataSource DATABASE = Bench.migrated(TestDatabases.h2());

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
}
