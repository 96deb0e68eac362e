// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.redis;

import dev.gatehouse.ratelimit.InFlightStore;
import dev.gatehouse.ratelimit.LimitStore;
import dev.gatehouse.ratelimit.contract.ServerStoreContract;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;

class RedisLimitStoreTest extends ServerStoreContract {

    private static final List<RedisLimitStore> INSTANCES =
            Stream.generate(RedisLimitStoreTest::store).limit(4).toList();
    private static final List<InFlightStore> IN_FLIGHT =
            INSTANCES.stream().map(RedisLimitStore::inFlight).toList();

    private static RedisLimitStore store() {
        return RedisLimitStore.builder(TestRedis.shared().url())
                .waitAtMost(Duration.ofSeconds(1))
                .build();
    }

    @AfterAll
    static void close() {
        INSTANCES.forEach(RedisLimitStore::close);
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
