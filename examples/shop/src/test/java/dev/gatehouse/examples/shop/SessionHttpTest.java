// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static dev.gatehouse.examples.shop.ShopClient.PASSWORD;
import static dev.gatehouse.examples.shop.ShopClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.examples.shop.ShopClient.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Sessions and their refresh, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionHttpTest {

    private OpenShop shop;

    @BeforeAll
    void open() throws IOException {
        shop = OpenShop.with(Map.of());
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @Test
    void aRefreshGivesNewTokensAndTheFormerSessionTokenDies() throws Exception {
        ShopClient ann = shop.customer("fresh@example.org");
        ShopClient thief = shop.client().with("__Host-session", ann.cookie("__Host-session"));

        Reply refreshed = ann.send("POST", "/api/session/refresh", null);

        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(ann.get("/api/session").status()).isEqualTo(200);
        assertThat(thief.cookie("__Host-session")).isNotEqualTo(ann.cookie("__Host-session"));
        assertThat(refreshed.response().headers().allValues("Set-Cookie"))
                .hasSize(2)
                .allSatisfy(cookie -> assertThat(cookie)
                        .contains("Path=/")
                        .contains("Secure")
                        .contains("HttpOnly")
                        .contains("SameSite=Lax"));
    }

    @Test
    void twoTabsAtOnceGetTheSameSuccessor() throws Exception {
        ShopClient ann = shop.customer("tabs@example.org");
        String refresh = ann.cookie("__Host-refresh");
        List<ShopClient> tabs = Stream.generate(() -> shop.client().with("__Host-refresh", refresh))
                .limit(8)
                .toList();

        List<Reply> replies =
                tabs.stream().map(tab -> tab.sendAsync("POST", "/api/session/refresh", null)).toList().stream()
                        .map(CompletableFuture::join)
                        .toList();

        assertThat(replies).allMatch(reply -> reply.status() == 200);
        assertThat(tabs.stream().map(tab -> tab.cookie("__Host-refresh")).distinct())
                .hasSize(1);
        assertThat(tabs.stream().map(tab -> tab.cookie("__Host-session")).distinct())
                .hasSize(1);
        assertThat(tabs).allMatch(tab -> tab.get("/api/session").status() == 200);
    }

    @Test
    void anOldGenerationKillsTheWholeFamily() throws Exception {
        ShopClient ann = shop.customer("theft@example.org");
        ShopClient thief = shop.client().with("__Host-refresh", ann.cookie("__Host-refresh"));
        expect(200, ann.send("POST", "/api/session/refresh", null));
        expect(200, ann.send("POST", "/api/session/refresh", null));

        assertThat(thief.send("POST", "/api/session/refresh", null).status()).isEqualTo(401);

        assertThat(ann.get("/api/session").status()).isEqualTo(401);
        assertThat(ann.send("POST", "/api/session/refresh", null).status()).isEqualTo(401);
    }

    @Test
    void withoutARefreshTokenThereIsNothingToRefresh() {
        assertThat(shop.client().send("POST", "/api/session/refresh", null).status())
                .isEqualTo(401);
        assertThat(shop.client()
                        .with("__Host-refresh", "a.1.b")
                        .send("POST", "/api/session/refresh", null)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aSignOutEndsWhatARefreshTokenAloneStillHolds() throws Exception {
        ShopClient ann = shop.customer("out@example.org");
        ShopClient halfway = shop.client().with("__Host-refresh", ann.cookie("__Host-refresh"));
        assertThat(halfway.send("POST", "/api/logout", null).status()).isEqualTo(204);
        assertThat(ann.get("/api/session").status()).isEqualTo(401);
        assertThat(ann.send("POST", "/api/session/refresh", null).status()).isEqualTo(401);
    }

    @Test
    void aForeignSessionCannotBeEndedOrSeen() throws Exception {
        ShopClient ann = shop.customer("mine@example.org");
        ShopClient eve = shop.customer("eve@example.org");
        String id = String.valueOf(((Map<?, ?>) ann.get("/api/sessions").list().get(0)).get("id"));
        assertThat(eve.send("DELETE", "/api/sessions/" + id, null).status()).isEqualTo(404);
        assertThat(ann.get("/api/session").status()).isEqualTo(200);
    }

    @Test
    void aSessionThatAnAttackerPlantedIsNotTheOneThatBegins() {
        shop.client();
        ShopClient victim = shop.client().with("__Host-session", "planted-by-an-attacker-planted-by-an-attacker");
        victim.signIn(OpenShop.ADMIN, PASSWORD);
        assertThat(victim.cookie("__Host-session")).doesNotContain("planted");
    }
}
