// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.ratelimit.contract.ChargeContract;
import dev.gatehouse.ratelimit.contract.LimitStoreContract;
import dev.gatehouse.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

class MemoryLimitStoreTest {

    private final ManualTime time = new ManualTime();
    private final MemoryLimitStore store = new MemoryLimitStore(time, 1_000);

    @Nested
    class Taking extends LimitStoreContract {
        @Override
        protected LimitStore instance(int number) {
            return store;
        }

        @Override
        protected void letPass(Duration passing) {
            time.advance(passing);
        }
    }

    @Nested
    class Charging extends ChargeContract {
        @Override
        protected LimitStore store() {
            return store;
        }
    }
}
