// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.Secret;
import dev.gatehouse.ratelimit.Decision;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.LimitStore.Ask;
import dev.gatehouse.ratelimit.contract.Await;
import dev.gatehouse.ratelimit.fleet.FleetStore;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisSentinel;

/** Redis as a cluster of several masters, and behind sentinels. */
class RedisTopologyTest {

    private static final Limit TEN = Limit.of("ten", 10, Duration.ofDays(50));
    private static final int HALF = SlotHash.SLOT_COUNT / 2;

    private static void join(RedisCommands<String, String> one, RedisCommands<String, String> two, int port) {
        one.clusterAddSlots(IntStream.range(0, HALF).toArray());
        two.clusterAddSlots(IntStream.range(HALF, SlotHash.SLOT_COUNT).toArray());
        one.clusterMeet("127.0.0.1", port);
        Await.until(
                "the cluster is whole",
                () -> one.clusterInfo().contains("cluster_state:ok")
                        && two.clusterInfo().contains("cluster_state:ok")
                        && one.clusterInfo().contains("cluster_known_nodes:2"));
    }

    private static LimitKey inHalf(int half) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> LimitKey.account("k" + i))
                .filter(key -> SlotHash.getSlot("{account:" + key.text() + "}") / HALF == half)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void keysInDifferentSlotsOfAClusterAreDecidedTogether() {
        try (TestRedis one = TestRedis.start("cluster-enabled yes", nodesFile());
                TestRedis two = TestRedis.start("cluster-enabled yes", nodesFile())) {
            join(one.commands(), two.commands(), two.port());
            try (RedisLimitStore store = RedisLimitStore.builder(one.url())
                    .cluster()
                    .waitAtMost(Duration.ofSeconds(1))
                    .build()) {
                LimitKey first = inHalf(0);
                LimitKey second = inHalf(1);
                List<Ask> asks = List.of(new Ask(first, List.of(TEN), 6), new Ask(second, List.of(TEN), 3));

                assertThat(store.takeAll(asks)).allMatch(Decision::allowed);
                assertThat(store.takeAll(asks)).extracting(Decision::allowed).containsExactly(false, true);
                assertThat(store.charge(second, List.of(TEN), 0).remaining(0)).isEqualTo(7);
                assertThat(one.commands().dbsize()).isEqualTo(1);
                assertThat(two.commands().dbsize()).isEqualTo(1);
            }
        }
    }

    private static String nodesFile() {
        return "cluster-config-file " + System.getProperty("java.io.tmpdir") + "/nodes-" + System.nanoTime() + ".conf";
    }

    @Test
    void theMasterThatSentinelsNameIsFoundAgainAfterAFailover() throws Exception {
        try (TestRedis old = TestRedis.start();
                TestRedis next = TestRedis.start()) {
            next.commands().replicaof("127.0.0.1", old.port());
            Await.until(
                    "the replica follows",
                    () -> next.commands().info("replication").contains("link_status:up"));
            int port = TestRedis.freePort();
            RedisSentinel sentinel = RedisSentinel.newRedisSentinel()
                    .bind("127.0.0.1")
                    .port(port)
                    .masterName("limits")
                    .masterPort(old.port())
                    .quorumSize(1)
                    .downAfterMilliseconds(300)
                    .failOverTimeout(2_000)
                    .build();
            sentinel.start();
            try (FleetStore store = FleetStore.over(
                            "redis",
                            RedisLimitStore.builder(Secret.of("redis-sentinel://127.0.0.1:" + port + "#limits"))
                                    .build(),
                            2)
                    .build()) {
                failOver(store, port, next);
            } finally {
                sentinel.stop();
            }
        }
    }

    private static void failOver(FleetStore store, int sentinel, TestRedis next) {
        LimitKey key = LimitKey.account("a");
        Await.until(
                "the master decides", () -> !store.take(key, List.of(TEN), 1).degraded());
        RedisClient client = RedisClient.create();
        try (StatefulRedisSentinelConnection<String, String> connection =
                client.connectSentinel(RedisURI.create("127.0.0.1", sentinel))) {
            Await.until("the sentinel begins the failover", () -> begins(connection));
        } finally {
            client.shutdown();
        }
        Await.until("the replica is the master", () -> says(next, "replication", "role:master"));
        Await.until(
                "the new master decides",
                () -> !store.take(LimitKey.account(UUID.randomUUID().toString()), List.of(TEN), 1)
                                .degraded()
                        && says(next, "commandstats", "cmdstat_eval"));
    }

    /** A sentinel that has not heard of a replica, or not from it, refuses. */
    private static boolean begins(StatefulRedisSentinelConnection<String, String> sentinel) {
        try {
            sentinel.sync().failover("limits");
            return true;
        } catch (RedisException e) {
            return false;
        }
    }

    /** A sentinel ends the connections of whoever it makes a master. */
    private static boolean says(TestRedis server, String section, String text) {
        try {
            return server.commands().info(section).contains(text);
        } catch (RedisException e) {
            return false;
        }
    }
}
