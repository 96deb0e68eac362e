// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static dev.gatehouse.examples.shop.ShopClient.PASSWORD;
import static dev.gatehouse.examples.shop.ShopClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.examples.shop.ShopClient.Reply;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** API keys over HTTP: what they open, and all that they do not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyHttpTest {

    private OpenShop shop;
    private ShopClient ann;

    @BeforeAll
    void open() throws Exception {
        shop = OpenShop.with(Map.of());
        ann = shop.customer("keys@example.org");
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @Test
    void aKeyDoesWhatItsScopesNameAndNothingElse() {
        String read = bearer(key(ann, "orders:read"));
        String write = bearer(key(ann, "orders:write"));

        assertThat(program(read, "GET", "/api/orders", null).status()).isEqualTo(200);
        assertThat(program(read, "GET", "/api/orders/export", null).status()).isEqualTo(200);
        Reply refused = program(read, "POST", "/api/orders", ShopClient.orderBody("honey", 1));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("type")).endsWith("/forbidden");
        assertThat(program(write, "POST", "/api/orders", ShopClient.orderBody("honey", 1))
                        .status())
                .isEqualTo(201);
        assertThat(program(write, "GET", "/api/orders", null).status()).isEqualTo(403);
    }

    @Test
    void aKeyManagesNoAccountFactorOrKey() {
        String all = bearer(key(ann, "orders:read", "orders:write", "audit:read"));
        for (String route : List.of(
                "GET /api/session",
                "GET /api/sessions",
                "DELETE /api/sessions",
                "GET /api/keys",
                "POST /api/keys",
                "DELETE /api/keys/x",
                "POST /api/password/change",
                "POST /api/email/change",
                "POST /api/factors/totp",
                "DELETE /api/factors/totp",
                "POST /api/factors/recovery-codes",
                "GET /api/limits",
                "GET /account",
                "GET /ops")) {
            String method = route.substring(0, route.indexOf(' '));
            String path = route.substring(route.indexOf(' ') + 1);
            assertThat(program(all, method, path, method.equals("POST") ? "{}" : null)
                            .status())
                    .as(route)
                    .isEqualTo(403);
        }
    }

    @Test
    void aKeyIsShownOnceAndListedWithoutItself() {
        Reply made = create(ann, List.of("orders:read"));
        String key = made.text("key");
        assertThat(key).startsWith("gh_");
        program(bearer(key), "GET", "/api/orders", null);
        String listed = ann.get("/api/keys").body();
        assertThat(listed).contains(made.text("id")).doesNotContain(key);
    }

    @Test
    void aRevokedKeyIsDeadAndAForeignOneOutOfReach() throws Exception {
        Reply made = create(ann, List.of("orders:read"));
        ShopClient eve = shop.customer("eve@example.org");
        assertThat(eve.send("DELETE", "/api/keys/" + made.text("id"), null).status())
                .isEqualTo(404);
        assertThat(program(bearer(made.text("key")), "GET", "/api/orders", null).status())
                .isEqualTo(200);
        assertThat(ann.send("DELETE", "/api/keys/" + made.text("id"), null).status())
                .isEqualTo(204);
        assertThat(program(bearer(made.text("key")), "GET", "/api/orders", null).status())
                .isEqualTo(401);
    }

    @Test
    void aKeySurvivesAChangedPassword() throws Exception {
        ShopClient bob = shop.customer("survives@example.org");
        String key = bearer(key(bob, "orders:read"));
        expect(
                204,
                bob.post("/api/password/change", Map.of("current", PASSWORD, "new", "a short swim in a cold lake")));
        assertThat(program(key, "GET", "/api/orders", null).status()).isEqualTo(200);
    }

    @Test
    void whatIsNoKeyRequestIsSaidSo() {
        for (Map<String, ?> wrong : List.of(
                Map.of("name", "x", "scopes", List.of("everything"), "expiresInDays", 1),
                Map.of("name", "x", "scopes", List.of(), "expiresInDays", 1),
                Map.of("name", "", "scopes", List.of("orders:read"), "expiresInDays", 1),
                Map.of("name", "x", "scopes", List.of("orders:read"), "expiresInDays", 0),
                Map.of("name", "x", "scopes", List.of("orders:read"), "expiresInDays", 4_000),
                Map.of("name", "x", "scopes", List.of("orders:read")))) {
            assertThat(ann.post("/api/keys", wrong).status()).isEqualTo(422);
        }
    }

    @Test
    void metricsAreForKeysMadeForThem() {
        assertThat(program(bearer(key(ann, "metrics:read")), "GET", "/metrics", null)
                        .body())
                .contains("# HELP");
        assertThat(program(bearer(key(ann, "orders:read")), "GET", "/metrics", null)
                        .status())
                .isEqualTo(403);
        assertThat(shop.client().get("/metrics").status()).isEqualTo(403);
    }

    @Test
    void anAdministratorMakesNoKeyBeforeAFactorIsUsed() {
        ShopClient root = shop.client().signIn(OpenShop.ADMIN, PASSWORD);
        assertThat(create(root, List.of("orders:read")).text("type")).endsWith("/factor-required");
        root.enrolTotp();
        assertThat(create(root, List.of("orders:read")).status()).isEqualTo(201);
    }

    @Test
    void theAuditLogOfItsOwnAccountOnly() {
        String key = bearer(key(ann, "audit:read"));
        assertThat(program(key, "GET", "/api/audit", null).body()).contains("auth.key.created");
        assertThat(program(key, "GET", "/api/audit?account=" + OpenShop.ADMIN, null)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aPageOfSomebodyElseMayCallWithAKeyButNotWithTheCookie() {
        String key = bearer(key(ann, "orders:write"));
        String body = ShopClient.orderBody("candle", 1);
        assertThat(ann.send("POST", "/api/orders", body, "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
        Reply byKey =
                shop.client().send("POST", "/api/orders", body, "Origin", "https://evil.example", "Authorization", key);
        assertThat(byKey.status()).isEqualTo(201);
        Reply dead = ann.send("GET", "/api/orders", null, "Authorization", "Bearer gh_" + "x".repeat(43));
        assertThat(dead.status()).isEqualTo(401);
    }

    private static Reply create(ShopClient owner, List<String> scopes) {
        return owner.post("/api/keys", Map.of("name", "a program", "scopes", scopes, "expiresInDays", 30));
    }

    private static String key(ShopClient owner, String... scopes) {
        return expect(201, create(owner, List.of(scopes))).text("key");
    }

    private static String bearer(String key) {
        return "Bearer " + key;
    }

    private Reply program(String bearer, String method, String path, @Nullable String body) {
        return shop.client().send(method, path, body, "Authorization", bearer);
    }
}
