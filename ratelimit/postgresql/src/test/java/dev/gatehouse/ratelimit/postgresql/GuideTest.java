// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.jdbc.flyway.Migrations;
import dev.gatehouse.ratelimit.RateLimiter;
import dev.gatehouse.ratelimit.RateLimits;
import dev.gatehouse.ratelimit.StandardLimits;
import dev.gatehouse.ratelimit.fleet.FleetStore;
import dev.gatehouse.testing.TestDatabases;
import org.junit.jupiter.api.Test;

/** What the guide shows does what it says. */
class GuideTest {

    @Test
    void theFleetCountsTogetherInTheDatabase() {
        try (HikariDataSource pool = Databases.pool(TestDatabases.postgresql(), 8)) {
            // region fleet
            Migrations.migrate(pool, PostgresLimitStore.SCHEMA);
            PostgresLimitStore shared = PostgresLimitStore.builder(pool).build();
            shared.verify();
            FleetStore store = FleetStore.over("postgresql", shared, 3).build();
            RateLimiter limiter = RateLimiter.builder().store(store).build();
            RateLimits limits = RateLimits.builder(limiter)
                    .inFlight(shared.inFlight())
                    .instances(3)
                    .build();
            // endregion
            try (store) {
                assertThat(limiter.isShared()).isTrue();
                assertThat(limits.takeIdentifier("ann@example.org", StandardLimits.MAIL_RECIPIENT)
                                .allowed())
                        .isTrue();
            }
        }
    }
}
