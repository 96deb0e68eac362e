// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static dev.gatehouse.examples.shop.ShopClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.examples.shop.ShopClient.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultHttpTest {

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
    void clearFaults() {
        expect(204, root.send("DELETE", "/ops/faults", null));
    }

    @AfterAll
    void close() {
        shop.close();
    }

    private Reply inject(String dependency, String kind) {
        return root.post("/ops/faults", Map.of("dependency", dependency, "kind", kind, "forSeconds", 60));
    }

    @Nested
    class AKind {

        @Test
        void isListedWithItsEnd() {
            Map<?, ?> active =
                    (Map<?, ?>) expect(200, inject("search", "trickle")).list().get(0);

            assertThat(active.get("kind")).isEqualTo("trickle");
            assertThat(active.get("errorRate")).hasToString("1.0");
            assertThat(String.valueOf(active.get("until"))).startsWith("20");
        }

        @Test
        void isRefusedWhenItIsUnknownOrCannotHappen() {
            assertThat(inject("search", "flood").body()).contains("\"field\":\"kind\"");
            assertThat(inject("database", "reset").body()).contains("\"field\":\"kind\"");
            Reply half = root.post(
                    "/ops/faults",
                    Map.of("dependency", "search", "kind", "refuse", "errorRate", 0.5, "forSeconds", 60));
            assertThat(half.status()).isEqualTo(422);
            assertThat(half.body()).contains("\"field\":\"errorRate\"");
            assertThat(root.get("/ops/faults").list()).isEmpty();
        }

        @Test
        void happensOnTheWayToTheRealProvider() {
            for (String kind : List.of("refuse", "reset", "partial")) {
                expect(200, inject("search", kind));
                Reply found = ann.get("/api/products?q=honey");

                assertThat(found.status()).as(kind).isEqualTo(200);
                assertThat(found.json().get("stale")).as(kind).isEqualTo(true);
                clearFaults();
            }
        }
    }

    @Test
    void everyUseIsAudited() {
        expect(200, inject("search", "error"));
        clearFaults();

        String audit = root.get("/api/audit").body();
        assertThat(audit).contains("fault.injected", "fault.ended");
    }

    @Test
    void aMailThatCouldNotBeSentArrivesLater() throws Exception {
        expect(200, inject("mail", "reset"));
        expect(
                202,
                shop.client()
                        .post("/api/accounts", Map.of("email", "bob@example.org", "password", ShopClient.PASSWORD)));
        clearFaults();

        assertThat(shop.client().mail("bob@example.org", "token")).isNotEmpty();
    }
}
