// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.json.JsonReader;
import dev.gatehouse.json.JsonWriter;
import dev.gatehouse.json.Parsed;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A customer's device: a real HTTP client with an address and a cookie jar of its own. */
final class ShopClient {

    static final String PASSWORD = "a long walk through wet fields";

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final URI shop;
    private final String address;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private String totp = "";

    /** A device that the shop sees under an address of its own. */
    ShopClient(URI shop) {
        this(shop, address(COUNT.incrementAndGet()));
    }

    private ShopClient(URI shop, String address) {
        this.shop = shop;
        this.address = address;
    }

    private static String address(int number) {
        return "203.0." + (number / 250) + "." + (number % 250 + 1);
    }

    /** Another device of the same address, at another shop. */
    ShopClient at(URI other) {
        return new ShopClient(other, address);
    }

    /** What came back. */
    record Reply(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        Map<?, ?> json() {
            return parsed() instanceof Map<?, ?> map ? map : Map.of();
        }

        List<?> list() {
            return parsed() instanceof List<?> list ? list : List.of();
        }

        String text(String field) {
            return String.valueOf(json().get(field));
        }

        private @Nullable Object parsed() {
            return JsonReader.read(body().getBytes(StandardCharsets.UTF_8)) instanceof Parsed.Value value
                    ? value.value()
                    : null;
        }
    }

    Reply get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Reply post(String path, Map<String, ?> body, String... headers) {
        return send("POST", path, new JsonWriter().value(body).toString(), headers);
    }

    Reply send(String method, String path, @Nullable String body, String... headers) {
        return sendAsync(method, path, body, headers).join();
    }

    CompletableFuture<Reply> sendAsync(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(shop + path))
                .timeout(Duration.ofSeconds(30))
                .header("X-Forwarded-For", address);
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookieHeader());
        }
        boolean typed = List.of(headers).contains("Content-Type");
        if (body != null && !typed) {
            request.header("Content-Type", "application/json");
        }
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return HTTP.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(this::kept);
    }

    private synchronized String cookieHeader() {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .reduce((one, other) -> one + "; " + other)
                .orElse("");
    }

    private synchronized Reply kept(HttpResponse<String> response) {
        for (String line : response.headers().allValues("Set-Cookie")) {
            String pair = line.substring(0, line.indexOf(';'));
            String name = pair.substring(0, pair.indexOf('='));
            if (line.contains("Max-Age=0")) {
                cookies.remove(name);
            } else {
                cookies.put(name, pair.substring(name.length() + 1));
            }
        }
        return new Reply(response);
    }

    /** A new account that is signed in, all through the front door. */
    ShopClient signUp(String email) throws IOException, InterruptedException {
        expect(202, post("/api/accounts", Map.of("email", email, "password", PASSWORD)));
        expect(204, post("/api/accounts/verify", Map.of("token", mail(email, "token"))));
        return signIn(email, PASSWORD);
    }

    ShopClient signIn(String email, String password) {
        Reply reply = expect(200, post("/api/login", Map.of("email", email, "password", password)));
        if (!reply.text("status").equals("signed-in")) {
            throw new AssertionError("login answered " + reply.body());
        }
        return this;
    }

    /** Enrols a generator; the session counts as verified by a factor then. */
    ShopClient enrolTotp() {
        enrol();
        return this;
    }

    /** Enrols a generator and answers with what came back. */
    Reply enrol() {
        totp = expect(200, send("POST", "/api/factors/totp", "{}")).text("secret");
        return expect(200, post("/api/factors/totp/confirm", Map.of("code", totp(0))));
    }

    /** What the generator shows so many steps from now; each step's code works once. */
    String totp(int stepsAhead) {
        return TotpCode.at(totp, Instant.now().plusSeconds(30L * stepsAhead));
    }

    /** The value of a cookie that this device holds. */
    synchronized String cookie(String name) {
        return cookies.getOrDefault(name, "");
    }

    /** This device with a cookie that it found elsewhere. */
    synchronized ShopClient with(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    /** A field of the newest mail to an address that has it, waiting for the queue to deliver it. */
    String mail(String to, String field) throws InterruptedException {
        return mail(to, "", field);
    }

    /** The same of the newest mail whose subject or text contains this: others may come in between. */
    String mail(String to, String about, String field) throws InterruptedException {
        String mailbox = "/dev/mailbox?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8);
        for (int i = 0; i < 100; i++) {
            for (Object mail : expect(200, get(mailbox)).list()) {
                Map<?, ?> fields = (Map<?, ?>) mail;
                Object value = fields.get(field);
                if (value != null && (fields.get("subject") + "\n" + fields.get("text")).contains(about)) {
                    return value.toString();
                }
            }
            Await.pause();
        }
        throw new AssertionError("no mail to " + to);
    }

    Reply order(String sku, int quantity, String... headers) {
        return send("POST", "/api/orders", orderBody(sku, quantity), headers);
    }

    static String orderBody(String sku, int quantity) {
        return "{\"items\":[{\"sku\":\"" + sku + "\",\"quantity\":" + quantity + "}],\"card\":\"visa\"}";
    }

    static Reply expect(int status, Reply reply) {
        if (reply.status() != status) {
            throw new AssertionError("expected " + status + " but got " + reply.status() + " " + reply.body());
        }
        return reply;
    }
}
