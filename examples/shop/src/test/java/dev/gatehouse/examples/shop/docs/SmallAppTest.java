// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.AuthMail;
import dev.gatehouse.config.Secret;
import dev.gatehouse.testing.TestDatabases;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program of the guides does what they say. */
class SmallAppTest {

    private static final String ANN = "{\"email\":\"ann@example.org\",\"password\":\"tiny pony over lake\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<AuthMail> mails = new CopyOnWriteArrayList<>();
    private SmallApp app;

    @BeforeEach
    void start() throws IOException {
        app = new SmallApp(
                TestDatabases.h2(),
                (tx, mail) -> mails.add(mail),
                Secret.of("8Jx0vQe2mLr7TzKc5WnYbH3uGdAfS9Pi"),
                URI.create("https://small.example"));
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void anAccountIsMadeSignsInIsRefreshedAndSignsOut() throws Exception {
        assertThat(post("/register", ANN, "").statusCode()).isEqualTo(200);
        assertThat(post("/login", ANN, "").statusCode()).isEqualTo(401);
        String token = Objects.requireNonNull(mails.get(0).token()).reveal();
        assertThat(post("/verify", "{\"token\":\"" + token + "\"}", "").statusCode())
                .isEqualTo(200);

        String first = cookies(post("/login", ANN, ""));
        assertThat(get("/me", first).body()).isEqualTo("ann@example.org");
        String second = cookies(post("/refresh", "", first));
        assertThat(get("/me", first).statusCode()).isEqualTo(401);
        assertThat(get("/me", second).statusCode()).isEqualTo(200);
        assertThat(get("/ops", second).statusCode()).isEqualTo(403);
        assertThat(post("/logout", "", second).statusCode()).isEqualTo(200);
        assertThat(get("/me", second).statusCode()).isEqualTo(401);
    }

    @Test
    void whatIsNotInTheTableOrTooOftenIsRefused() throws Exception {
        assertThat(get("/nowhere", "").statusCode()).isEqualTo(404);
        List<Integer> statuses = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 11; i++) {
            statuses.add(post("/login", "not JSON", "").statusCode());
        }
        assertThat(statuses).startsWith(400).endsWith(429);
    }

    private HttpResponse<String> get(String path, String cookies) throws Exception {
        return send(HttpRequest.newBuilder(app.address().resolve(path)), cookies);
    }

    private HttpResponse<String> post(String path, String body, String cookies) throws Exception {
        return send(HttpRequest.newBuilder(app.address().resolve(path)).POST(BodyPublishers.ofString(body)), cookies);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String cookies) throws Exception {
        return client.send(
                (cookies.isEmpty() ? request : request.header("Cookie", cookies)).build(), BodyHandlers.ofString());
    }

    private static String cookies(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return response.headers().allValues("Set-Cookie").stream()
                .map(line -> line.substring(0, line.indexOf(';')))
                .collect(Collectors.joining("; "));
    }
}
