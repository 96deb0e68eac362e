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

/** Second factors over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FactorHttpTest {

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
    void aRecoveryCodeSignsInOnceHoweverManyTryItAtOnce() throws Exception {
        List<String> codes = enrol(shop.customer("once@example.org"));
        List<String> pending =
                Stream.generate(() -> pending("once@example.org")).limit(4).toList();
        List<Integer> answers = pending.stream()
                .map(token -> shop.client()
                        .sendAsync(
                                "POST",
                                "/api/login/factor",
                                "{\"pending\":\"" + token + "\",\"kind\":\"recovery-code\",\"code\":\"" + codes.get(0)
                                        + "\"}"))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .map(Reply::status)
                .toList();
        assertThat(answers).containsOnlyOnce(200).contains(401);
    }

    @Test
    void newRecoveryCodesEndTheFormerOnes() throws Exception {
        ShopClient ann = shop.customer("renew@example.org");
        List<String> former = enrol(ann);

        assertThat(ann.post("/api/factors/recovery-codes", Map.of("code", former.get(0)))
                        .status())
                .isEqualTo(403);
        Reply renewed = ann.post("/api/factors/recovery-codes", Map.of("code", ann.totp(1)));

        assertThat(renewed.status()).isEqualTo(200);
        assertThat(codes(renewed)).hasSize(10).doesNotContainAnyElementsOf(former);
        assertThat(ann.get("/api/session").status()).isEqualTo(200);
        assertThat(factor("renew@example.org", former.get(1)).status()).isEqualTo(401);
        assertThat(factor("renew@example.org", codes(renewed).get(0)).status()).isEqualTo(200);
    }

    @Test
    void aRemovedFactorIsNotAskedForAgain() throws Exception {
        ShopClient bob = shop.customer("remove@example.org");
        List<String> codes = enrol(bob);
        assertThat(remove(bob, "000000").status()).isEqualTo(403);
        assertThat(remove(bob, codes.get(0)).status()).isEqualTo(204);
        assertThat(bob.get("/api/session").body()).contains("\"factors\":[]");
        assertThat(login("remove@example.org").text("status")).isEqualTo("signed-in");
        assertThat(remove(shop.client(), codes.get(1)).status()).isEqualTo(401);
    }

    @Test
    void anAdministratorWhoRemovesTheFactorCanDoNothingAsOne() {
        ShopClient root = shop.client().signIn(OpenShop.ADMIN, PASSWORD);
        List<String> codes = enrol(root);
        assertThat(root.get("/ops").status()).isEqualTo(200);
        assertThat(remove(root, codes.get(0)).status()).isEqualTo(204);
        Reply refused = root.get("/ops");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("type")).endsWith("/factor-required");
    }

    private static Reply remove(ShopClient client, String code) {
        return client.send("DELETE", "/api/factors/totp", "{\"code\":\"" + code + "\"}");
    }

    private static List<String> enrol(ShopClient client) {
        return codes(client.enrol());
    }

    private static List<String> codes(Reply reply) {
        Object codes = expect(200, reply).json().get("recoveryCodes");
        return codes instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private String pending(String email) {
        return expect(200, login(email)).text("pending");
    }

    private Reply factor(String email, String recoveryCode) {
        Map<String, String> body = Map.of("pending", pending(email), "kind", "recovery-code", "code", recoveryCode);
        return shop.client().post("/api/login/factor", body);
    }

    private Reply login(String email) {
        return shop.client().post("/api/login", Map.of("email", email, "password", PASSWORD));
    }
}
