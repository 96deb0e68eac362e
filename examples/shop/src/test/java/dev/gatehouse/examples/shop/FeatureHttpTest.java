// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static dev.gatehouse.examples.shop.ShopClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.examples.shop.ShopClient.Reply;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What customers are told when something does not work, and what an operator can turn off. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeatureHttpTest {

    private OpenShop shop;
    private ShopClient root;
    private ShopClient ann;

    @BeforeAll
    void open() throws Exception {
        shop = OpenShop.with(Map.of());
        root = shop.client().signIn(OpenShop.ADMIN, ShopClient.PASSWORD).enrolTotp();
        ann = shop.customer("ann@example.org");
    }

    @AfterEach
    void turnEverythingOn() {
        expect(204, root.send("DELETE", "/ops/faults", null));
        for (String feature : new String[] {"search", "checkout", "payments", "mail"}) {
            expect(200, on(feature));
        }
    }

    @AfterAll
    void close() {
        shop.close();
    }

    private String ledger() {
        return shop.client().get("/dev/payments").body();
    }

    private Reply off(String feature) {
        return root.post("/ops/features/" + feature, Map.of("state", "off", "reason", "the acquirer charges twice"));
    }

    private Reply on(String feature) {
        return root.post("/ops/features/" + feature, Map.of("state", "on", "reason", "it is over"));
    }

    @Test
    void withPaymentsTurnedOffOrdersWaitAndArePaidOnceWhenTheyAreOnAgain() throws Exception {
        assertThat(expect(200, off("payments")).text("state")).isEqualTo("off");
        Reply waiting = expect(202, ann.order("honey", 1));
        String id = waiting.text("id");
        assertThat(waiting.text("notice")).startsWith("Orders are safe");
        assertThat(waiting.header("Feature-Status")).contains("payments=off", "checkout=degraded");
        assertThat(ledger()).doesNotContain(id);
        assertThat(ann.get("/orders/" + id, "Accept", "text/html").body()).contains("Orders are safe");

        on("payments");
        Await.until("the payment", () -> ledger().contains(id));
        Await.until(
                "the end of the order",
                () -> ann.get("/api/orders/" + id).text("status").equals("paid"));
        assertThat(ledger()).containsOnlyOnce(id);
        assertThat(expect(201, ann.order("honey", 1)).header("Feature-Status")).doesNotContain("payments");
    }

    @Test
    void withCheckoutTurnedOffNobodyBuysAndEverybodyIsTold() {
        expect(200, off("checkout"));

        Reply refused = ann.order("honey", 1);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(refused.text("detail")).isEqualTo("You cannot order just now. Please come back a little later.");
        assertThat(ann.get("/", "Accept", "text/html").body()).contains("You cannot order just now.");
        assertThat(ann.get("/api/products").status()).isEqualTo(200);
    }

    @Test
    void withSearchTurnedOffTheCatalogueAnswers() {
        expect(200, off("search"));

        Reply found = shop.client().get("/api/products?q=lantern");
        assertThat(found.body()).contains("\"sku\":\"lantern\"", "\"stale\":true");
        assertThat(found.text("notice")).startsWith("Search is switched off");
    }

    @Test
    void searchThatFailsIsToldWithTheAnswerAndThenWithEveryAnswer() {
        expect(
                200,
                root.post(
                        "/ops/faults",
                        Map.of("dependency", "search", "latencyMs", 0, "errorRate", 1, "forSeconds", 60)));

        assertThat(shop.client().get("/api/products?q=tea").text("notice")).startsWith("Search is having trouble");
        for (int i = 0; i < 20; i++) {
            shop.client().get("/api/products?q=unheard-of-" + i);
        }
        assertThat(shop.client().get("/api/products").header("Feature-Status")).contains("search=degraded");
        assertThat(shop.client().get("/?q=tea", "Accept", "text/html").body()).contains("Search is having trouble");
    }

    @Test
    void withMailTurnedOffLettersWaitAndThePageSaysSo() throws Exception {
        expect(200, off("mail"));
        assertThat(shop.client().get("/register", "Accept", "text/html").body())
                .contains("We send no letters just now.");
        ShopClient carl = shop.client();
        expect(202, carl.post("/api/accounts", Map.of("email", "carl@example.org", "password", ShopClient.PASSWORD)));

        expect(200, off("payments"));
        String later = expect(202, ann.order("honey", 1)).text("id");
        expect(200, on("payments"));
        Await.until("what was enqueued after the letter", () -> ledger().contains(later));
        String mailbox = "/dev/mailbox?to=carl@example.org";
        assertThat(carl.get(mailbox).list()).isEmpty();

        expect(200, on("mail"));
        Await.until("the letter", () -> !carl.get(mailbox).list().isEmpty());
    }

    @Test
    void aSwitchMayEndByItself() throws Exception {
        expect(200, root.post("/ops/features/mail", Map.of("state", "off", "reason", "a short test", "forSeconds", 1)));

        Await.until(
                "the end of the switch", () -> root.get("/ops/features").body().contains("its time off is over"));
        assertThat(root.get("/ops/features").body()).contains("a short test", "\"feature\":\"mail\",\"state\":\"up\"");
    }

    @Test
    void operatorsDoItByHand() {
        Reply page = root.get("/ops/features", "Accept", "text/html");
        assertThat(page.status()).isEqualTo(200);
        Reply done = root.send(
                "POST",
                "/ops/features/search",
                "state=off&reason=reindexing&minutes=5",
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(done.status()).isEqualTo(303);
        assertThat(root.get("/ops/features", "Accept", "text/html").body())
                .contains("Turned off by " + OpenShop.ADMIN, "reindexing");
    }

    @Test
    void nobodyElseMayAndNonsenseIsRefused() {
        assertThat(ann.post("/ops/features/search", Map.of("state", "off", "reason", "spite"))
                        .status())
                .isEqualTo(403);
        assertThat(ann.get("/ops/features").status()).isEqualTo(403);
        assertThat(off("delivery").status()).isEqualTo(404);
        assertThat(root.post("/ops/features/search", Map.of("state", "off")).status())
                .isEqualTo(422);
        assertThat(root.post("/ops/features/search", Map.of("state", "away", "reason", "x"))
                        .status())
                .isEqualTo(422);
        assertThat(root.post("/ops/features/search", Map.of("state", "off", "reason", "x\ny"))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aShopThatStartsWhileSearchIsDownServesWhatTheLastOneKnew(@TempDir Path data) throws Exception {
        Map<String, String> folder = Map.of("SHOP_DATA", data.toString());
        try (OpenShop first = OpenShop.with(folder)) {
            expect(200, first.client().get("/api/products?q=candle"));
        }
        try (OpenShop second =
                OpenShop.with(Map.of("SHOP_DATA", data.toString(), "SHOP_SEARCH_URL", "http://127.0.0.1:1"))) {
            assertThat(second.client().get("/api/products?q=candle").body())
                    .contains("\"sku\":\"candle\"", "\"stale\":true");
            assertThat(PlainGet.of(second.url().resolve("/metrics")))
                    .contains("gatehouse_stale_served_answers_total{cache=\"search\",service=\"corner-shop\"} 1.0");
        }
    }

    @Test
    void theDatabaseIsWatched() throws Exception {
        expect(200, ann.get("/api/orders"));

        assertThat(PlainGet.of(shop.url().resolve("/metrics"))).contains("gatehouse_sql_pool_max_connections");
        assertThat(root.get("/ops").body()).contains("Statements that took most of the time", "shop_order");
        assertThat(root.get("/ops/readiness").body()).contains("pool 'shop'");
    }
}
