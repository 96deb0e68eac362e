// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.postgresql;

import dev.gatehouse.ratelimit.InFlightStore;
import dev.gatehouse.ratelimit.LimitStore;
import dev.gatehouse.ratelimit.contract.ServerStoreContract;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;

class PostgresLimitStoreTest extends ServerStoreContract {

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

    @Override
    protected LimitStore limits(int number) {
        return INSTANCES.get(number);
    }

    @Override
    protected InFlightStore inFlight(int number) {
        return IN_FLIGHT.get(number);
    }
}
