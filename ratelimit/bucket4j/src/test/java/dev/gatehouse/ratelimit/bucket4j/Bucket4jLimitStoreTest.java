// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.bucket4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.ratelimit.Basis;
import dev.gatehouse.ratelimit.Decision;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.LimitStore;
import dev.gatehouse.ratelimit.LimitStoreException;
import dev.gatehouse.ratelimit.contract.ChargeContract;
import dev.gatehouse.ratelimit.contract.LimitStoreContract;
import dev.gatehouse.testing.ManualTime;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.caffeine.Bucket4jCaffeine;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class Bucket4jLimitStoreTest {

    private static final List<Limit> TEN = List.of(Limit.perMinute("ten", 10));

    private final ManualTime time = new ManualTime();

    private ProxyManager<String> grid() {
        TimeMeter clock = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return time.nanos();
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
        return Bucket4jCaffeine.<String>builderFor(Caffeine.newBuilder())
                .clientClock(clock)
                .build();
    }

    @Nested
    class InMemory extends LimitStoreContract {

        private final LimitStore store = Bucket4jLimitStore.inMemory(time, 1_000);

        @Override
        protected LimitStore instance(int number) {
            return store;
        }

        @Override
        protected boolean takesFromAllAtOnce() {
            return false;
        }

        @Override
        protected void letPass(Duration passing) {
            time.advance(passing);
        }
    }

    @Nested
    class InMemoryCharged extends ChargeContract {

        private final LimitStore store = Bucket4jLimitStore.inMemory(time, 1_000);

        @Override
        protected LimitStore store() {
            return store;
        }
    }

    @Nested
    class OnAGrid extends LimitStoreContract {

        private final ProxyManager<String> grid = grid();
        private final List<LimitStore> instances = List.of(
                Bucket4jLimitStore.on(grid, true),
                Bucket4jLimitStore.on(grid, true),
                Bucket4jLimitStore.on(grid, true),
                Bucket4jLimitStore.on(grid, true));

        @Override
        protected LimitStore instance(int number) {
            return instances.get(number);
        }

        @Override
        protected boolean takesFromAllAtOnce() {
            return false;
        }

        @Override
        protected void letPass(Duration passing) {
            time.advance(passing);
        }
    }

    @Nested
    class OnAGridCharged extends ChargeContract {

        private final LimitStore store = Bucket4jLimitStore.on(grid(), true);

        @Override
        protected LimitStore store() {
            return store;
        }
    }

    @Nested
    class WithKeysOfAnAttacker {

        private final LimitStore store = Bucket4jLimitStore.inMemory(time, 100);

        private Decision take(String account, long cost) {
            return store.take(LimitKey.account(account), TEN, cost);
        }

        @Test
        void forgetsNoLimitedKeyAndLetsNewcomersShare() {
            take("victim", 10);
            for (int i = 0; i < 1_000; i++) {
                take("a" + i, 1);
            }

            assertThat(take("victim", 1).allowed()).isFalse();
            Decision newcomer = take("newcomer", 1);
            assertThat(newcomer.allowed()).isFalse();
            assertThat(newcomer.basis()).isEqualTo(Basis.SHARED_KEY);
        }

        @Test
        void makesRoomOnceBucketsAreFullAgain() {
            for (int i = 0; i < 1_000; i++) {
                take("a" + i, 1);
            }
            time.advance(Duration.ofMinutes(2));

            assertThat(take("newcomer", 10).basis()).isEqualTo(Basis.STORE);
        }
    }

    @Test
    void refusesABoundThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bucket4jLimitStore.inMemory(time, 0))
                .withMessage("ratelimit: maxKeys was 0 but must be 1 to 10000000");
    }

    @Test
    void saysThatTheGridDidNotDecide() {
        ProxyManager<String> broken = grid().withMapper(key -> {
            throw new IllegalStateException("gone");
        });

        assertThatThrownBy(() -> Bucket4jLimitStore.on(broken, true).take(LimitKey.account("a"), TEN, 1))
                .isInstanceOf(LimitStoreException.class)
                .hasRootCauseMessage("gone");
    }
}
