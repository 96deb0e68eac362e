// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.drill;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A customer's browser as far as a drill needs it: JSON, and cookies that are kept although the way is not encrypted. */
final class Visitor {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int TRIES = 100;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI shop;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    Visitor(URI shop) {
        this.shop = shop;
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    Reply post(String path, Map<String, String> body) throws IOException, InterruptedException {
        return send("POST", path, new JsonWriter().value(body).toString());
    }

    Reply send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(shop.resolve(path)).timeout(TIMEOUT);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .reduce((one, other) -> one + "; " + other)
                .ifPresent(all -> request.header("Cookie", all));
        request.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        response.headers().allValues("Set-Cookie").forEach(this::keep);
        return new Reply(method + " " + path, response.statusCode(), response.body());
    }

    private void keep(String cookie) {
        List<String> nameAndValue = List.of(cookie.split(";", 2)[0].split("=", 2));
        cookies.put(nameAndValue.get(0), nameAndValue.get(1));
    }

    /** The token in the newest mail to {@code email}, which the outbox delivers in its own time. */
    String mailed(String email) throws IOException, InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            Reply mails = get("/dev/mailbox?to=" + URLEncoder.encode(email, StandardCharsets.UTF_8))
                    .require(200);
            for (Object mail : mails.list()) {
                if (mail instanceof Map<?, ?> fields && fields.get("token") instanceof String token) {
                    return token;
                }
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IOException("no mail with a token came");
    }

    /**
     * What came back.
     *
     * @param request what was asked
     * @param status how it was answered
     * @param body with what
     */
    record Reply(String request, int status, String body) {

        Reply require(int expected) throws IOException {
            if (status != expected) {
                throw new IOException(request + " answered " + status + ", not " + expected);
            }
            return this;
        }

        String text(String field) {
            return parsed() instanceof Map<?, ?> map ? String.valueOf(map.get(field)) : "";
        }

        List<?> list() {
            return parsed() instanceof List<?> list ? list : List.of();
        }

        private Object parsed() {
            Parsed parsed = JsonReader.read(body.getBytes(StandardCharsets.UTF_8));
            return parsed instanceof Parsed.Value value && value.value() != null ? value.value() : "";
        }
    }
}
