// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static dev.gatehouse.examples.shop.ShopClient.expect;
import static dev.gatehouse.examples.shop.ShopClient.orderBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.examples.shop.ShopClient.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderHttpTest {

    private OpenShop shop;
    private ShopClient ann;
    private ShopClient root;

    @BeforeAll
    void open() throws Exception {
        shop = OpenShop.with(Map.of());
        ann = shop.customer("ann@example.org");
        root = shop.client().signIn(OpenShop.ADMIN, ShopClient.PASSWORD).enrolTotp();
    }

    @AfterEach
    void clearFaults() {
        expect(204, root.send("DELETE", "/ops/faults", null));
    }

    @AfterAll
    void close() {
        shop.close();
    }

    private void fault(String dependency, int latencyMs, double errorRate) {
        expect(
                200,
                root.post(
                        "/ops/faults",
                        Map.of(
                                "dependency",
                                dependency,
                                "latencyMs",
                                latencyMs,
                                "errorRate",
                                errorRate,
                                "forSeconds",
                                60)));
    }

    private static void refused(Reply reply, String field) {
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.body()).contains("\"field\":\"" + field + "\"");
        assertThat(reply.text("requestId")).isEqualTo(reply.header("X-Request-Id"));
    }

    @Nested
    class AnInvalidOrder {

        @Test
        void namesTheFieldAndItsRule() {
            refused(ann.order("no-such-thing", 1), "items[0].sku");
            refused(ann.order("honey", 0), "items[0].quantity");
            refused(ann.order("honey", 100), "items[0].quantity");
            refused(ann.post("/api/orders", Map.of()), "items");
            refused(ann.send("POST", "/api/orders", "{\"items\":[]}"), "items");
            refused(ann.send("POST", "/api/orders", "[]"), "");
            refused(
                    ann.send(
                            "POST",
                            "/api/orders",
                            "{\"items\":[{\"sku\":\"honey\",\"quantity\":1}],\"card\":\"amex\"}"),
                    "card");
        }

        @Test
        void isRefusedAsABodyWhenItIsNoJson() {
            assertThat(ann.send("POST", "/api/orders", "{\"items\"").status()).isEqualTo(400);
            assertThat(ann.send("POST", "/api/orders", orderBody("honey", 1), "Content-Type", "text/plain")
                            .status())
                    .isEqualTo(415);
            assertThat(ann.send("POST", "/api/orders", " ".repeat(64 * 1024 + 1))
                            .status())
                    .isEqualTo(413);
        }

        @Test
        void needsSomebodyToBeSignedIn() {
            assertThat(shop.client().order("honey", 1).status()).isEqualTo(401);
        }

        @Test
        void fromAnotherSiteIsRefused() {
            assertThat(ann.order("honey", 1, "Origin", "https://evil.example").status())
                    .isEqualTo(403);
            assertThat(ann.order("honey", 1, "Sec-Fetch-Site", "cross-site").status())
                    .isEqualTo(403);
        }
    }

    @Test
    void theMostOfOneProductIsSoldAndPaidByVisaUnlessSaidOtherwise() {
        Reply placed = ann.send("POST", "/api/orders", "{\"items\":[{\"sku\":\"lantern\",\"quantity\":99}]}");
        assertThat(placed.status()).isEqualTo(201);
        assertThat(ann.get("/api/orders/" + placed.text("id")).text("card")).isEqualTo("visa");
    }

    @Test
    void anOrderAboveTheCardsLimitIsDeclined() {
        String items = "{\"items\":[{\"sku\":\"lantern\",\"quantity\":99},{\"sku\":\"umbrella\",\"quantity\":99},"
                + "{\"sku\":\"coffee-beans\",\"quantity\":99},{\"sku\":\"olive-oil\",\"quantity\":99},"
                + "{\"sku\":\"green-tea\",\"quantity\":99}],\"card\":\"mastercard\"}";
        Reply declined = ann.send("POST", "/api/orders", items);

        assertThat(declined.status()).isEqualTo(402);
        assertThat(ann.get("/api/orders/" + declined.text("id")).text("status")).isEqualTo("declined");
    }

    @Nested
    class WithAKey {

        @Test
        void theSameRequestIsAnsweredAlikeAndAnotherIsRefused() {
            Reply first = ann.order("honey", 1, "Idempotency-Key", "one");
            Reply again = ann.order("honey", 1, "Idempotency-Key", "one");

            assertThat(first.status()).isEqualTo(201);
            assertThat(again.status()).isEqualTo(201);
            assertThat(again.body()).isEqualTo(first.body());
            refused(ann.order("honey", 2, "Idempotency-Key", "one"), "Idempotency-Key");
            refused(ann.order("honey", 2, "Idempotency-Key", "two words"), "Idempotency-Key");
        }

        /** Whichever of the two comes first, and however fast the machine is: two that overlap are tried until they do. */
        @Test
        void aRequestThatStillRunsIsAConflict() throws Exception {
            fault("payments", 1_500, 0);
            AtomicInteger tries = new AtomicInteger();
            List<Reply> both = new ArrayList<>();
            int before = ann.get("/api/orders").list().size();
            Await.until("two requests at once", () -> {
                both.clear();
                both.addAll(atOnce("slow-" + tries.incrementAndGet()));
                return both.stream().anyMatch(reply -> reply.status() == 409);
            });

            assertThat(both).extracting(Reply::status).containsAnyOf(201, 202);
            assertThat(ann.get("/api/orders").list()).hasSize(before + tries.get());
        }

        private List<Reply> atOnce(String key) {
            CompletableFuture<Reply> first = ann.sendAsync(
                    "POST",
                    "/api/orders",
                    orderBody("candle", 1),
                    "Idempotency-Key",
                    key,
                    "Content-Type",
                    "application/json");
            Reply second = ann.order("candle", 1, "Idempotency-Key", key);
            return List.of(first.join(), second);
        }
    }

    @Nested
    class WhenPaymentsAreDown {

        @Test
        void theOrderIsAcceptedInTimeAndPaidOnceWhenTheyAreBack() throws Exception {
            fault("payments", 30_000, 0);
            long start = System.nanoTime();
            Reply accepted = ann.order("notebook", 1);
            long millis = (System.nanoTime() - start) / 1_000_000;

            assertThat(accepted.status()).isEqualTo(202);
            assertThat(accepted.text("status")).isEqualTo("payment-pending");
            assertThat(accepted.text("notice")).contains("once");
            assertThat(millis).isLessThan(3_000);
            clearFaults();
            String id = accepted.text("id");
            Await.until(
                    "the payment",
                    () -> ann.get("/api/orders/" + id).text("status").equals("paid"));
            assertThat(shop.client().get("/dev/payments").body()).containsOnlyOnce(id);
        }
    }

    @Test
    void searchThatIsDownAnswersStaleWithANotice() {
        Reply fresh = ann.get("/api/products?q=honey");
        fault("search", 0, 1);

        Reply stale = ann.get("/api/products?q=honey");
        assertThat(stale.status()).isEqualTo(200);
        assertThat(stale.json().get("items")).isEqualTo(fresh.json().get("items"));
        assertThat(stale.json().get("stale")).isEqualTo(true);
        assertThat(stale.text("notice")).isNotEmpty();
        assertThat(ann.get("/api/products?q=never%20asked%20umbrella").status()).isEqualTo(200);
        assertThat(ann.get("/api/products?q=umbrella").body()).contains("\"sku\":\"umbrella\"", "\"stale\":true");
    }

    @Test
    void aDatabaseThatIsDownIsSaidAndNothingIsOrdered() throws IOException {
        fault("database", 0, 1);
        Reply down = ann.order("honey", 1);
        assertThat(down.status()).isEqualTo(503);
        assertThat(down.header("Retry-After")).isNotEmpty();
        assertThat(shop.client().get("/health/live").status()).isEqualTo(200);
    }

    @Test
    void anExportCostsTwentyUnits() throws Exception {
        ShopClient eve = shop.customer("eve@example.org");
        long before = remaining(eve);
        assertThat(eve.get("/api/orders/export").status()).isEqualTo(200);
        assertThat(before - remaining(eve)).isBetween(19L, 21L);
    }

    private static long remaining(ShopClient client) {
        Map<?, ?> limit = (Map<?, ?>) client.get("/api/limits").list().get(0);
        assertThat(limit.get("limit")).isEqualTo(100L);
        return Long.parseLong(String.valueOf(limit.get("remaining")));
    }
}
