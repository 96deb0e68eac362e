// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static dev.gatehouse.examples.shop.ShopClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.examples.shop.ShopClient.Reply;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A customer who needs more, and an operator who decides; two shops on one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HigherLimitsHttpTest {

    private OpenShop shop;
    private OpenShop other;
    private ShopClient root;

    @BeforeAll
    void open() throws Exception {
        Map<String, String> database = new JourneyOnPostgresqlTest().database();
        shop = OpenShop.with(database);
        other = OpenShop.with(OpenShop.sharing(shop, database));
        root = shop.client().signIn(OpenShop.ADMIN, ShopClient.PASSWORD).enrolTotp();
    }

    @AfterAll
    void close() {
        other.close();
        shop.close();
    }

    @Test
    void aGrantHoldsOnEveryInstance() throws Exception {
        ShopClient ann = shop.customer("more@example.org");
        ShopClient annElsewhere = other.client().signIn("more@example.org", ShopClient.PASSWORD);
        assertThat(limit(ann)).isEqualTo(100L);
        String id = ask(ann, 500).text("id");

        Reply granted = decide(id, Map.of("decision", "grant", "granted", 300, "days", 7));

        assertThat(granted.status()).isEqualTo(200);
        assertThat(granted.text("status")).isEqualTo("granted");
        assertThat(limit(ann)).isEqualTo(300L);
        Await.until("the other instance to know", () -> limit(annElsewhere).equals(300L));
        assertThat(decide(id, Map.of("decision", "refuse")).status()).isEqualTo(409);
        assertThat(root.get("/api/audit?account=more%40example.org").body())
                .contains("limit.requested")
                .contains("limit.granted");
    }

    @Test
    void aRefusalLeavesTheLimit() throws Exception {
        ShopClient bob = shop.customer("refused@example.org");
        String id = ask(bob, 1_000).text("id");
        assertThat(root.get("/ops/limits/requests").list()).anySatisfy(request -> {
            assertThat(((Map<?, ?>) request).get("id")).isEqualTo(id);
            assertThat(((Map<?, ?>) request).get("status")).isEqualTo("pending");
        });
        assertThat(decide(id, Map.of("decision", "refuse")).text("status")).isEqualTo("refused");
        assertThat(limit(bob)).isEqualTo(100L);
    }

    @Test
    void whatIsNotARequestIsSaidSo() throws Exception {
        ShopClient cid = shop.customer("wrong@example.org");
        Map<String, Object> wish = Map.of("limit", "account", "wanted", 500, "reason", "exports");
        for (Map<String, ?> wrong : List.of(
                Map.of("limit", "login", "wanted", 500, "reason", "exports"),
                Map.of("limit", "account", "wanted", 50, "reason", "exports"),
                Map.of("limit", "account", "wanted", "many", "reason", "exports"),
                Map.of("limit", "account", "wanted", 500))) {
            assertThat(cid.post("/api/limits/requests", wrong).status()).isEqualTo(422);
        }
        String id = expect(202, cid.post("/api/limits/requests", wish)).text("id");
        assertThat(cid.post("/api/limits/requests", wish).text("id")).isEqualTo(id);
        assertThat(cid.post("/api/limits/requests", Map.of("limit", "account", "wanted", 600, "reason", "more"))
                        .status())
                .isEqualTo(409);
        for (Map<String, ?> wrong : List.of(
                Map.of("decision", "maybe"),
                Map.of("decision", "grant"),
                Map.of("decision", "grant", "granted", 300, "days", 0),
                Map.of("decision", "grant", "granted", 1_000_000_000, "days", 7))) {
            assertThat(decide(id, wrong).status()).isEqualTo(422);
        }
        assertThat(decide("none", Map.of("decision", "refuse")).status()).isEqualTo(404);
    }

    @Test
    void aCustomerDecidesNothing() throws Exception {
        ShopClient eve = shop.customer("eve@example.org");
        String id = ask(eve, 500).text("id");
        assertThat(eve.get("/ops/limits/requests").status()).isEqualTo(403);
        assertThat(eve.post("/ops/limits/requests/" + id, Map.of("decision", "grant", "granted", 500, "days", 7))
                        .status())
                .isEqualTo(403);
        assertThat(limit(eve)).isEqualTo(100L);
    }

    private static Reply ask(ShopClient client, long wanted) {
        return expect(
                202,
                client.post(
                        "/api/limits/requests", Map.of("limit", "account", "wanted", wanted, "reason", "a big sale")));
    }

    private Reply decide(String id, Map<String, ?> decision) {
        return root.post("/ops/limits/requests/" + id, decision);
    }

    private static Object limit(ShopClient client) {
        return Objects.requireNonNull(
                ((Map<?, ?>) client.get("/api/limits").list().get(0)).get("limit"));
    }
}
