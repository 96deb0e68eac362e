// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.ratelimit.Basis;
import dev.gatehouse.ratelimit.Decision;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.LimitStoreException;
import dev.gatehouse.ratelimit.contract.Await;
import dev.gatehouse.ratelimit.contract.Crowd;
import dev.gatehouse.ratelimit.contract.Outage;
import dev.gatehouse.ratelimit.contract.Outage.Figures;
import dev.gatehouse.ratelimit.fleet.FleetStore;
import dev.gatehouse.testing.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Redis slow, silent, cut off, killed, full, or replaced by another. */
class RedisOutageTest {

    private static final int INSTANCES = 4;
    private static final long BURST = Outage.FORTY.burst();
    private static final long SHARES =
            INSTANCES * Outage.FORTY.shareOf(INSTANCES).burst();

    private final LimitKey key = LimitKey.account(UUID.randomUUID().toString());
    private TestRedis server = TestRedis.start();
    private final TcpProxy proxy = TcpProxy.to(server.port());
    private final List<FleetStore> fleet =
            Stream.generate(this::instance).limit(INSTANCES).toList();

    private FleetStore instance() {
        return FleetStore.over("redis", store(), INSTANCES)
                .probeEvery(Duration.ofMillis(50))
                .build();
    }

    private RedisLimitStore store() {
        return RedisLimitStore.builder(TestRedis.url(proxy.port())).build();
    }

    @AfterEach
    void stop() {
        fleet.forEach(FleetStore::close);
        proxy.close();
        server.close();
    }

    private void awaitAll(boolean answer) {
        Await.until("all instances find out", () -> fleet.stream().allMatch(one -> one.answers() == answer));
    }

    /** All instances are back, and what they gave out meanwhile and told the store on their return is paid. */
    private void awaitAllSettled() {
        awaitAll(true);
        Await.passing(Outage.FORTY.window());
    }

    /** A while of load on a store that answers: enough for the burst to be used and the rate to be seen. */
    private static void load() {
        Await.passing(Duration.ofMillis(300));
    }

    @Test
    void aServerThatAnswersNothingCostsAFewRequestsTheBoundAndAdmitsEachShareOnce() throws Exception {
        Figures figures = Outage.during("redis hangs", fleet, () -> {
            load();
            proxy.hang();
            awaitAll(false);
            load();
            proxy.resume();
            awaitAllSettled();
        });

        assertThat(figures.degraded()).isPositive();
        assertThat(figures.wronglyAdmitted()).isLessThanOrEqualTo(SHARES);
    }

    @Test
    void aServerThatIsSlowIsGivenUpAndUsedAgainWhenItIsQuick() throws Exception {
        Figures figures = Outage.during("redis slow", fleet, () -> {
            load();
            proxy.delay(Duration.ofMillis(30));
            awaitAll(false);
            load();
            proxy.delay(Duration.ZERO);
            awaitAllSettled();
        });

        assertThat(figures.wronglyAdmitted()).isLessThanOrEqualTo(SHARES);
    }

    @Test
    void aServerThatIsKilledAndStartsEmptyAdmitsOneMoreBurstAtMost() throws Exception {
        int port = server.port();

        Figures figures = Outage.during("redis killed and restarted", fleet, () -> {
            load();
            server.close();
            awaitAll(false);
            load();
            server = TestRedis.startOn(port);
            awaitAllSettled();
        });

        assertThat(figures.wronglyAdmitted()).isLessThanOrEqualTo(SHARES + BURST);
        assertThat(figures.admitted()).isGreaterThan(BURST);
    }

    @Test
    void nobodyWaitsOnceTheStoreIsGivenUp() throws Exception {
        proxy.hang();
        FleetStore one = fleet.get(0);
        for (int i = 0; one.answers(); i++) {
            one.take(LimitKey.account("finds-out-" + i), List.of(Outage.FORTY), 1);
            assertThat(i).isLessThan(5);
        }
        AtomicInteger degraded = new AtomicInteger();
        long begun = System.nanoTime();
        Crowd.count(1_000, i -> {
            if (one.take(key, List.of(Outage.FORTY), 1).degraded()) {
                degraded.incrementAndGet();
            }
            return true;
        });

        assertThat(degraded).hasValue(32_000);
        // Had each thread waited for every twentieth request only, it would have taken 2 s.
        System.out.println("32,000 decisions of 32 callers without a store took "
                + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms");
    }

    @Test
    void aConnectionWhosePacketsVanishIsReplaced() {
        FleetStore one = fleet.get(0);
        assertThat(one.take(key, List.of(Outage.FORTY), 1).basis()).isEqualTo(Basis.STORE);

        proxy.swallow();

        Await.until(
                "the store is given up",
                () -> one.take(key, List.of(Outage.FORTY), 1).degraded());
        Await.until("a new connection decides", one::answers);
    }

    @Test
    void aConnectionThatIsCutIsReplaced() {
        FleetStore one = fleet.get(0);
        proxy.cut();
        Await.until("the store is given up", () -> {
            one.take(LimitKey.account(UUID.randomUUID().toString()), List.of(Outage.FORTY), 1);
            return !one.answers();
        });

        proxy.restore();

        Await.until("a new connection decides", one::answers);
    }

    @Test
    void anOldMasterIsLeftForTheNewOneThoughItKeepsItsConnections() {
        Limit ten = Limit.of("ten", 10, Duration.ofDays(50));
        try (TestRedis next = TestRedis.start();
                RedisLimitStore patient = RedisLimitStore.builder(server.url())
                        .waitAtMost(Duration.ofSeconds(1))
                        .build()) {
            FleetStore one = fleet.get(0);
            patient.take(key, List.of(ten), 4);
            next.commands().replicaof("127.0.0.1", server.port());
            Await.until("the replica has it all", () -> next.commands().dbsize() > 0);

            next.commands().replicaofNoOne();
            server.commands().replicaof("127.0.0.1", next.port());
            proxy.retarget(next.port());

            Await.until("the old master is given up", () -> {
                one.take(LimitKey.account(UUID.randomUUID().toString()), List.of(ten), 1);
                return next.commands().info("commandstats").contains("cmdstat_evalsha")
                        || next.commands().info("commandstats").contains("cmdstat_eval:");
            });
            Await.until("the new master decides", one::answers);
            assertThat(one.charge(key, List.of(ten), 0).remaining(0)).isEqualTo(6);
        }
    }

    @Test
    void aServerThatIsFullCountsAsOneThatDoesNotAnswer() {
        try (TestRedis full = TestRedis.start("maxmemory 100kb", "maxmemory-policy noeviction");
                FleetStore one = FleetStore.over(
                                "redis", RedisLimitStore.builder(full.url()).build(), INSTANCES)
                        .build()) {
            Decision decision = one.take(key, List.of(Outage.FORTY), 1);
            for (int i = 0; one.answers() && i < 10; i++) {
                decision = one.take(key, List.of(Outage.FORTY), 1);
            }

            assertThat(decision.basis()).isEqualTo(Basis.LOCAL_SHARE);
            assertThat(one.answers()).isFalse();
        }
    }

    @Test
    void aStoreWithoutAServerIsBuiltAndFailsAtOnce() {
        int nobody = TestRedis.freePort();
        try (RedisLimitStore store =
                RedisLimitStore.builder(TestRedis.url(nobody)).build()) {
            assertThatThrownBy(() -> store.take(key, List.of(Outage.FORTY), 1))
                    .isInstanceOf(LimitStoreException.class)
                    .hasMessage("redis: not connected");
            try (TestRedis late = TestRedis.startOn(nobody)) {
                Await.until("it is connected", () -> {
                    try {
                        return store.take(key, List.of(Outage.FORTY), 1).allowed();
                    } catch (LimitStoreException e) {
                        return false;
                    }
                });
                assertThat(late.commands().info("commandstats")).contains("cmdstat_eval");
            }
        }
    }

    @Test
    void moreThanTheQueueHoldsAreRefusedAtOnce() throws Exception {
        try (RedisLimitStore store = RedisLimitStore.builder(TestRedis.url(proxy.port()))
                .queue(4)
                .waitAtMost(Duration.ofSeconds(1))
                .build()) {
            AtomicInteger refused = new AtomicInteger();
            proxy.hang();

            Crowd.count(1, i -> {
                try {
                    return store.take(key, List.of(Outage.FORTY), 1).allowed();
                } catch (LimitStoreException e) {
                    refused.addAndGet(String.valueOf(e.getMessage()).contains("no answer") ? 0 : 1);
                    return false;
                }
            });

            assertThat(refused).hasValue(Crowd.THREADS - 4);
        }
    }

    @Test
    void aCallerWhoIsInterruptedStopsWaiting() {
        try (RedisLimitStore store = store()) {
            proxy.hang();
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> store.take(key, List.of(Outage.FORTY), 1))
                    .isInstanceOf(LimitStoreException.class)
                    .hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
