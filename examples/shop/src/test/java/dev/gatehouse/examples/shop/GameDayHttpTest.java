// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static dev.gatehouse.examples.shop.ShopClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.examples.shop.ShopClient.Reply;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GameDayHttpTest {

    private OpenShop shop;
    private ShopClient root;

    @BeforeAll
    void open() throws Exception {
        shop = OpenShop.with(Map.of());
        root = shop.client().signIn(OpenShop.ADMIN, ShopClient.PASSWORD).enrolTotp();
    }

    @AfterAll
    void close() {
        shop.close();
    }

    private Reply play(String scenario) {
        return root.post("/ops/game-days", Map.of("scenario", scenario));
    }

    @Test
    void oneIsPlayedAtATimeAndItsResultIsKept() throws Exception {
        expect(202, play("search-down"));
        assertThat(play("mail-down").status()).isEqualTo(409);
        assertThat(root.get("/ops/game-days").text("playing")).isEqualTo("search-down");
        Await.until(
                "the end of the game day",
                () -> shop.shop().wiring().gameDays.playing().isEmpty());

        String results = root.get("/ops/game-days").body();
        assertThat(results).contains("\"verdict\":\"held\"", "\"opened\":[\"search\"]", "1 products, stale, in ");
        assertThat(root.get("/ops/faults").list()).isEmpty();
        assertThat(shop.data().resolve("game-days/search-down.00000001.json")).exists();
    }

    @Test
    void anUnknownOneIsRefusedAndACustomerMayPlayNone() throws Exception {
        Reply unknown = play("flood");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.body()).contains("payments-lost-answers");
        ShopClient ann = shop.customer("ann@example.org");
        assertThat(ann.get("/ops/game-days").status()).isEqualTo(403);
        assertThat(ann.post("/ops/game-days", Map.of("scenario", "search-down")).status())
                .isEqualTo(403);
    }
}
