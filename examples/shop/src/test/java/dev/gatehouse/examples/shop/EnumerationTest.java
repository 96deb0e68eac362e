// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static dev.gatehouse.examples.shop.ShopClient.PASSWORD;
import static dev.gatehouse.examples.shop.ShopClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.examples.shop.ShopClient.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An attacker who wants to know who has an account: whatever is asked, the answer is the same for everybody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnumerationTest {

    private OpenShop shop;
    private ShopClient root;

    @BeforeAll
    void open() throws Exception {
        shop = OpenShop.with(Map.of());
        root = shop.client().signIn(OpenShop.ADMIN, PASSWORD).enrolTotp();
    }

    /** An address of each kind that an attacker might tell apart; new ones, so that no limit of theirs is used up. */
    private List<String> everybody(String of) throws Exception {
        ShopClient disabled = shop.customer("disabled@" + of);
        String id = disabled.get("/api/session").text("account");
        expect(204, root.send("PUT", "/api/accounts/" + id + "/status", "{\"status\":\"disabled\"}"));
        shop.customer("known@" + of);
        shop.customer("throttled@" + of);
        expect(202, shop.client().post("/api/accounts", Map.of("email", "unverified@" + of, "password", PASSWORD)));
        for (int i = 0; i < 6; i++) {
            shop.client().post("/api/login", Map.of("email", "throttled@" + of, "password", "wrong password"));
        }
        return List.of("unknown@" + of, "known@" + of, "disabled@" + of, "unverified@" + of, "throttled@" + of);
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @Test
    void aSignIn() throws Exception {
        List<String> all = everybody("login.example");
        String tooLong = "long ".repeat(300);
        same(401, all, email -> json("/api/login", Map.of("email", email, "password", "wrong password")));
        same(401, all, email -> json("/api/login", Map.of("email", email, "password", tooLong)));
        same(401, all, email -> json("/api/login", Map.of("email", email, "password", "x".repeat(60_000))));
        same(401, all, email -> form("/sign-in", email, "wrong password"));

        List<String> inVain =
                all.stream().filter(email -> !email.startsWith("known")).toList();
        same(401, inVain, email -> json("/api/login", Map.of("email", email, "password", PASSWORD)));
    }

    @Test
    void aRegistration() throws Exception {
        List<String> all = everybody("register.example");
        same(202, all, email -> json("/api/accounts", Map.of("email", email, "password", PASSWORD)));
        same(202, all, email -> form("/register", email, PASSWORD));
        same(422, all, email -> json("/api/accounts", Map.of("email", email, "password", "password")));
    }

    @Test
    void aForgottenPassword() throws Exception {
        List<String> all = everybody("reset.example");
        same(202, all, email -> json("/api/password/reset-request", Map.of("email", email)));
        same(202, all, email -> form("/reset-request", email, ""));
        same(202, all, email -> form("/unlock-request", email, ""));
        same(429, all, email -> json("/api/password/reset-request", Map.of("email", email)));
    }

    @Test
    void aLetterThatShallComeAgain() throws Exception {
        List<String> all = everybody("again.example");
        same(202, all, email -> json("/api/accounts/verify-request", Map.of("email", email)));
        same(202, all, email -> form("/verify/again", email, ""));
    }

    @Test
    void anAddressIsCountedHoweverItIsWritten() {
        List<String> written = List.of("often@count.example", "OFTEN@Count.example", " often@count.example ");
        same(202, written, email -> json("/api/password/reset-request", Map.of("email", email)));
        same(429, written, email -> json("/api/accounts/verify-request", Map.of("email", email)));
    }

    private static void same(int status, List<String> emails, Function<String, Reply> ask) {
        Map<String, Object> first = seen(expect(status, ask.apply(emails.get(0))), emails.get(0));
        for (String email : emails.subList(1, emails.size())) {
            assertThat(seen(ask.apply(email), email)).as(email).isEqualTo(first);
        }
    }

    /** All that a client can tell apart: status, headers with their values, cookies, body; the typed address aside. */
    private static Map<String, Object> seen(Reply reply, String typed) {
        Map<String, Object> seen = new TreeMap<>(reply.response().headers().map());
        String id = reply.header("X-Request-Id");
        String nonce = reply.header("Content-Security-Policy").replaceFirst("(?s).*?'nonce-([^']*)'.*|.*", "$1");
        seen.remove("date");
        seen.put("x-request-id", id.length());
        seen.put(
                "content-security-policy",
                reply.header("Content-Security-Policy").replace(nonce.isEmpty() ? "-" : nonce, "-"));
        seen.remove("content-length");
        seen.remove("retry-after");
        if (reply.status() == 429) {
            seen.put("ratelimit", "varies");
        }
        String body = reply.body()
                .replace(id, "ID")
                .replace(typed, "TYPED")
                .replaceAll("again in \\d+ seconds", "again in SOME seconds");
        seen.put("body", nonce.isEmpty() ? body : body.replace(nonce, "NONCE"));
        seen.put("status", reply.status());
        return seen;
    }

    private Reply json(String path, Map<String, ?> body) {
        return shop.client().post(path, body);
    }

    private Reply form(String path, String email, String password) {
        String body = "email=" + URLEncoder.encode(email, StandardCharsets.UTF_8) + "&password="
                + URLEncoder.encode(password, StandardCharsets.UTF_8);
        return shop.client()
                .send("POST", path, body, "Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html");
    }
}
