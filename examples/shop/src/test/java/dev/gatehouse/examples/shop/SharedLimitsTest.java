// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.examples.shop.ShopClient.Reply;
import dev.gatehouse.testing.TcpProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

/** Two shops that share their limits through a real Redis, which then hangs or dies. */
class SharedLimitsTest {

    private RedisServer redis;
    private TcpProxy network;
    private OpenShop one;
    private OpenShop two;

    @BeforeEach
    void open() throws IOException {
        int port = freePort();
        redis = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        redis.start();
        network = TcpProxy.to(port);
        Map<String, String> shared = Map.of("SHOP_REDIS_URL", "redis://127.0.0.1:" + network.port());
        one = OpenShop.with(shared);
        two = OpenShop.with(shared);
    }

    @AfterEach
    void close() throws IOException {
        two.close();
        one.close();
        network.close();
        redis.stop();
    }

    @Test
    void whatOneShopAdmitsTheOtherCounts() {
        ShopClient here = one.client();
        ShopClient there = here.at(two.url());
        List<Reply> replies = IntStream.range(0, 30)
                .mapToObj(i -> login(i % 2 == 0 ? here : there))
                .toList();
        long admitted = replies.stream().filter(reply -> reply.status() == 401).count();
        // Ten, and what comes back or is decided without Redis on a busy machine; not twice ten.
        assertThat(admitted).isBetween(10L, 15L);
        Reply refused = replies.get(29);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isNotEmpty();
    }

    @Test
    void withRedisHangingEachShopCountsHalfAndNeverOpens() {
        network.hang();
        settle(one);
        settle(two);
        ShopClient here = one.client();
        assertThat(statuses(here)).containsExactly(401, 401, 401, 401, 401, 429, 429);
        assertThat(statuses(here.at(two.url()))).containsExactly(401, 401, 401, 401, 401, 429, 429);
        assertThat(one.client().get("/health/ready").status()).isEqualTo(200);
    }

    @Test
    void withRedisGoneEachShopCountsHalfAndTogetherAgainWhenItIsBack() throws Exception {
        network.cut();
        settle(one);
        assertThat(statuses(one.client())).containsExactly(401, 401, 401, 401, 401, 429, 429);

        network.restore();
        ShopClient probe = one.client();
        Await.until("the shops to count together again", () -> counted(probe) && counted(probe.at(two.url())));
        ShopClient here = one.client();
        login(here);
        assertThat(login(here.at(two.url())).header("RateLimit")).contains("\"login\";r=8");
    }

    /** Whether an answer is based on the whole limit. */
    private static boolean counted(ShopClient client) {
        return client.get("/api/products").header("RateLimit-Policy").contains("q=300");
    }

    /** The few requests by which a shop finds out that Redis does not answer. */
    private static void settle(OpenShop shop) {
        IntStream.range(0, 20).forEach(i -> shop.client().get("/api/products"));
    }

    private static List<Integer> statuses(ShopClient client) {
        return IntStream.range(0, 7).mapToObj(i -> login(client).status()).toList();
    }

    private static Reply login(ShopClient client) {
        return client.post("/api/login", Map.of("email", "nobody@example.org", "password", "wrong password"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
