// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.postgresql;

import dev.gatehouse.ratelimit.InFlightStore;
import dev.gatehouse.ratelimit.LimitStore;
import dev.gatehouse.ratelimit.contract.ChargeContract;
import dev.gatehouse.ratelimit.contract.InFlightStoreContract;
import dev.gatehouse.ratelimit.contract.LimitStoreContract;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

class PostgresLimitStoreTest {

    private static final DataSource DATABASE = Databases.migrated();
    private static final List<PostgresLimitStore> INSTANCES =
            Stream.generate(PostgresLimitStoreTest::store).limit(4).toList();
    private static final List<InFlightStore> IN_FLIGHT =
            INSTANCES.stream().map(PostgresLimitStore::inFlight).toList();

    private static PostgresLimitStore store() {
        return PostgresLimitStore.builder(Databases.pool(DATABASE, 8))
                .waitAtMost(Duration.ofSeconds(1))
                .build();
    }

    @AfterAll
    static void close() {
        INSTANCES.forEach(PostgresLimitStore::close);
    }

    /** The server's clock goes on by itself. */
    static void letPassForReal(Duration time) {
        long until = System.nanoTime() + time.plusMillis(5).toNanos();
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    @Nested
    class Taking extends LimitStoreContract {
        @Override
        protected LimitStore instance(int number) {
            return INSTANCES.get(number);
        }

        @Override
        protected void letPass(Duration time) {
            letPassForReal(time);
        }
    }

    @Nested
    class Charging extends ChargeContract {
        @Override
        protected LimitStore store() {
            return INSTANCES.get(0);
        }
    }

    @Nested
    class InFlight extends InFlightStoreContract {
        @Override
        protected InFlightStore instance(int number) {
            return IN_FLIGHT.get(number);
        }

        @Override
        protected void letPass(Duration time) {
            letPassForReal(time);
        }
    }
}
