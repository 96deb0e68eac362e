// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.redis;

import dev.gatehouse.ratelimit.InFlightStore;
import dev.gatehouse.ratelimit.LimitStore;
import dev.gatehouse.ratelimit.contract.ChargeContract;
import dev.gatehouse.ratelimit.contract.InFlightStoreContract;
import dev.gatehouse.ratelimit.contract.LimitStoreContract;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

class RedisLimitStoreTest {

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
