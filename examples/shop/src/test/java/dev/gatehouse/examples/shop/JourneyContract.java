// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.examples.shop.ShopClient.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A customer's way through the shop, whatever the database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JourneyContract {

    private OpenShop shop;

    abstract Map<String, String> database();

    @BeforeAll
    void open() throws IOException {
        shop = OpenShop.with(database());
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @Test
    void registersBuysAndSignsOut() throws Exception {
        ShopClient ann = shop.client();
        assertThat(ann.get("/api/session").status()).isEqualTo(401);
        ann.signUp("ann@example.org");
        assertThat(ann.get("/api/session").json().get("email")).isEqualTo("ann@example.org");

        Reply products = ann.get("/api/products?q=tea");
        assertThat(products.body()).contains("\"sku\":\"green-tea\",\"name\":\"Green tea, 250 g\",\"price\":980");
        assertThat(products.body()).endsWith("\"stale\":false,\"notice\":null}");

        Reply placed = ann.order("green-tea", 2);
        assertThat(placed.status()).isEqualTo(201);
        assertThat(placed.text("status")).isEqualTo("paid");
        String id = placed.text("id");
        assertThat(ann.get("/api/orders/" + id).text("status")).isEqualTo("paid");
        assertThat(ann.get("/api/orders").list()).hasSize(1);
        assertThat(ann.get("/api/orders/export").body()).contains(id + ",").contains(",green-tea,2,9.80,EUR\r\n");
        assertThat(shop.client().get("/dev/payments").body())
                .containsOnlyOnce("{\"order\":\"" + id + "\",\"amount\":1960,");
        assertThat(ann.mail("ann@example.org", "subject")).isNotEmpty();
        Await.until(
                "the receipt",
                () -> shop.client()
                        .get("/dev/mailbox?to=ann%40example.org")
                        .body()
                        .contains("Your order at the Corner Shop"));

        assertThat(ann.send("POST", "/api/logout", null).status()).isEqualTo(204);
        assertThat(ann.get("/api/session").status()).isEqualTo(401);
        assertThat(ann.send("POST", "/api/logout", null).status()).isEqualTo(204);
    }

    @Test
    void anOrderBelongsToItsAccountOnly() throws Exception {
        ShopClient bob = shop.customer("bob@example.org");
        ShopClient eve = shop.customer("eve@example.org");
        String id = bob.order("honey", 1).text("id");

        assertThat(eve.get("/api/orders/" + id).status()).isEqualTo(404);
        assertThat(eve.get("/api/orders").body()).isEqualTo("[]");
        assertThat(bob.get("/api/orders/" + id).status()).isEqualTo(200);
    }

    @Test
    void aSecondFactorLetsTheAdministratorOperate() throws Exception {
        ShopClient root = shop.client().signIn(OpenShop.ADMIN, ShopClient.PASSWORD);
        assertThat(root.get("/ops").status()).isEqualTo(403);
        root.enrolTotp();
        assertThat(root.get("/ops").status()).isEqualTo(200);
        assertThat(root.get("/ops", "Accept", "text/html").body()).contains("<h1>Operations</h1>");

        assertThat(shop.client().get("/ops").status()).isEqualTo(401);
        Reply page = shop.client().get("/ops", "Accept", "text/html");
        assertThat(page.status()).isEqualTo(303);
        assertThat(page.header("Location")).isEqualTo("/sign-in?next=%2Fops");
    }

    @Test
    void everyOrderIsInTheAuditLogOfItsAccount() throws Exception {
        ShopClient cid = shop.customer("cid@example.org");
        String requestId = cid.order("candle", 1).header("X-Request-Id");

        Reply audit = cid.get("/api/audit");
        assertThat(audit.status()).isEqualTo(200);
        List<?> events = (List<?>) audit.json().get("events");
        assertThat(events).anySatisfy(event -> {
            assertThat(((Map<?, ?>) event).get("action")).isEqualTo("order.created");
            assertThat(((Map<?, ?>) event).get("requestId")).isEqualTo(requestId);
        });
        assertThat(cid.get("/api/audit?account=ann%40example.org").status()).isEqualTo(403);
    }
}
