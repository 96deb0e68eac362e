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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Passwords forgotten and changed, and addresses changed, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordHttpTest {

    private static final String OTHER = "a short swim in a cold lake";

    private OpenShop shop;

    @BeforeAll
    void open() throws IOException {
        shop = OpenShop.with(Map.of());
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @Nested
    class Forgotten {

        @Test
        void aNewPasswordEndsEverySessionAndSignsNobodyIn() throws Exception {
            ShopClient ann = shop.customer("forgot@example.org");
            String token = reset("forgot@example.org");
            ShopClient stranger = shop.client();

            Reply done = stranger.post("/api/password/reset", Map.of("token", token, "password", OTHER));

            assertThat(done.status()).isEqualTo(204);
            assertThat(done.response().headers().allValues("Set-Cookie")).isEmpty();
            assertThat(ann.get("/api/session").status()).isEqualTo(401);
            assertThat(ann.send("POST", "/api/session/refresh", null).status()).isEqualTo(401);
            assertThat(login("forgot@example.org", PASSWORD).status()).isEqualTo(401);
            assertThat(login("forgot@example.org", OTHER).status()).isEqualTo(200);
        }

        @Test
        void aTokenWorksOnceEvenWhenSentManyTimesAtOnce() throws Exception {
            shop.customer("race@example.org");
            String body = "{\"token\":\"" + reset("race@example.org") + "\",\"password\":\"" + OTHER + "\"}";

            List<Integer> answers = Stream.generate(() -> shop.client().sendAsync("POST", "/api/password/reset", body))
                    .limit(8)
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .map(Reply::status)
                    .toList();

            assertThat(answers).containsOnlyOnce(204);
            assertThat(answers.stream().filter(status -> status != 204))
                    .allMatch(status -> status == 400 || status == 503);
        }

        @Test
        void everyBadTokenGetsTheSameAnswer() {
            Reply unknown = resetWith("x".repeat(43));
            assertThat(unknown.status()).isEqualTo(400);
            for (String malformed : List.of("?", "", "x".repeat(10_000))) {
                assertThat(resetWith(malformed).status()).isEqualTo(400);
                assertThat(resetWith(malformed).text("detail")).isEqualTo(unknown.text("detail"));
            }
        }

        @Test
        void aBadPasswordIsNamedAndTheTokenKept() throws Exception {
            shop.customer("weak@example.org");
            String token = reset("weak@example.org");
            Reply weak = shop.client().post("/api/password/reset", Map.of("token", token, "password", "password"));
            assertThat(weak.status()).isEqualTo(422);
            assertThat(weak.body()).contains("\"field\":\"password\"");
            assertThat(resetWith(token).status()).isEqualTo(204);
        }

        @Test
        void theSecondFactorIsKept() throws Exception {
            shop.customer("kept@example.org").enrolTotp();
            expect(204, resetWith(reset("kept@example.org")));
            assertThat(login("kept@example.org", OTHER).text("status")).isEqualTo("factor-required");
        }

        private Reply resetWith(String token) {
            return shop.client().post("/api/password/reset", Map.of("token", token, "password", OTHER));
        }

        private String reset(String email) throws InterruptedException {
            expect(202, shop.client().post("/api/password/reset-request", Map.of("email", email)));
            return shop.client().mail(email, "Choose a new password", "token");
        }
    }

    @Nested
    class Changed {

        @Test
        void rotatesThisSessionAndEndsTheOthers() throws Exception {
            ShopClient ann = shop.customer("change@example.org");
            ShopClient elsewhere = shop.client().signIn("change@example.org", PASSWORD);
            String before = ann.cookie("__Host-session");

            assertThat(change(ann, PASSWORD, OTHER).status()).isEqualTo(204);

            assertThat(ann.cookie("__Host-session")).isNotEqualTo(before);
            assertThat(ann.get("/api/session").status()).isEqualTo(200);
            assertThat(elsewhere.get("/api/session").status()).isEqualTo(401);
            assertThat(login("change@example.org", OTHER).status()).isEqualTo(200);
            assertThat(shop.client().mail("change@example.org", "password was changed", "subject"))
                    .startsWith("News of your account");
        }

        @Test
        void aWrongCurrentPasswordIs403AndCounted() throws Exception {
            ShopClient bob = shop.customer("guess@example.org");
            for (int i = 0; i < 5; i++) {
                assertThat(change(bob, "wrong password " + i, OTHER).status()).isEqualTo(403);
            }
            assertThat(change(bob, PASSWORD, OTHER).status()).isEqualTo(403);
            assertThat(change(bob, PASSWORD, "password").body()).contains("\"field\":\"new\"");
            assertThat(change(shop.client(), PASSWORD, OTHER).status()).isEqualTo(401);
        }

        private static Reply change(ShopClient client, String current, String chosen) {
            return client.post("/api/password/change", Map.of("current", current, "new", chosen));
        }
    }

    @Nested
    class Address {

        @Test
        void holdsOnceTheNewOneIsConfirmed() throws Exception {
            ShopClient ann = shop.customer("old@example.org");
            Reply asked = ann.post("/api/email/change", Map.of("email", "new@example.org", "password", PASSWORD));
            assertThat(asked.status()).isEqualTo(202);
            assertThat(login("new@example.org", PASSWORD).status()).isEqualTo(401);
            String token = shop.client().mail("new@example.org", "token");

            assertThat(confirm(token).status()).isEqualTo(204);

            assertThat(confirm(token).status()).isEqualTo(400);
            assertThat(ann.get("/api/session").text("email")).isEqualTo("new@example.org");
            assertThat(login("new@example.org", PASSWORD).status()).isEqualTo(200);
            assertThat(login("old@example.org", PASSWORD).status()).isEqualTo(401);
            assertThat(shop.client().mail("old@example.org", "another address", "token"))
                    .isNotEmpty();
        }

        @Test
        void asksForThePassword() throws Exception {
            ShopClient bob = shop.customer("stay@example.org");
            assertThat(bob.post("/api/email/change", Map.of("email", "to@example.org", "password", "not it at all"))
                            .status())
                    .isEqualTo(403);
            assertThat(bob.post("/api/email/change", Map.of("email", "nowhere", "password", PASSWORD))
                            .status())
                    .isEqualTo(422);
            assertThat(shop.client()
                            .post("/api/email/change", Map.of("email", "to@example.org", "password", PASSWORD))
                            .status())
                    .isEqualTo(401);
        }

        private Reply confirm(String token) {
            return shop.client().post("/api/email/confirm", Map.of("token", token));
        }
    }

    private Reply login(String email, String password) {
        return shop.client().post("/api/login", Map.of("email", email, "password", password));
    }
}
