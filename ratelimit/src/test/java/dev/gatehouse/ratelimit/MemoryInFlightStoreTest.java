// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ratelimit.contract.InFlightStoreContract;
import dev.gatehouse.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryInFlightStoreTest extends InFlightStoreContract {

    private static final InFlightLimit TWO = new InFlightLimit("two", 2, Duration.ofMinutes(1));

    private final ManualTime time = new ManualTime();
    private final MemoryInFlightStore store = new MemoryInFlightStore(time, 10);

    @Override
    protected InFlightStore instance(int number) {
        return store;
    }

    @Override
    protected void letPass(Duration passing) {
        time.advance(passing);
    }

    @Test
    void holdsNoMorePermitsInAllThanItsBound() {
        for (int i = 0; i < 10; i++) {
            assertThat(store.acquire(LimitKey.account("a" + i), TWO)).isInstanceOf(InFlightStore.Permit.Held.class);
        }

        assertThat(store.acquire(LimitKey.account("b"), TWO)).isInstanceOf(InFlightStore.Permit.Refused.class);
        assertThat(store.held()).isEqualTo(10);
        time.advance(TWO.lease());
        assertThat(store.acquire(LimitKey.account("b"), TWO)).isInstanceOf(InFlightStore.Permit.Held.class);
        assertThat(store.held()).isEqualTo(1);
    }
}
