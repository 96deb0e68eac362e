// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.http.Access;
import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Pipeline;
import dev.gatehouse.http.PipelineSettings;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import dev.gatehouse.http.jdk.GatehouseHttpFilter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that another site's page makes a browser send, over real HTTP. */
final class CrossSiteTest {

    private static final URI PUBLIC = URI.create("http://shop.example");
    private static final Route BUY =
            Route.post("/orders").access(Access.signedIn().orKey("orders:write"));
    private static final Route REFRESH = Route.post("/refresh").access(Access.anyone());

    private final World world = new World();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server = bound();
    private Login.SignedIn signedIn = signIn();
    private String key = "";

    private static HttpServer bound() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Login.SignedIn signIn() {
        world.ann();
        return world.signIn();
    }

    @BeforeEach
    void open() {
        KeyRequest wish = new KeyRequest("till", Set.of("orders:write"), Duration.ofDays(1));
        key = ((KeyCreation.Created) world.auth.keys().create(signedIn.session(), wish))
                .secret()
                .reveal();
        Routes routes = Routes.of(BUY, REFRESH);
        PipelineSettings settings =
                PipelineSettings.builder().publicOrigin(PUBLIC).build();
        Pipeline pipeline = new Pipeline(routes, new AuthGate(world.auth, routes).interceptors(), settings);
        server.createContext("/", this::answer).getFilters().add(new GatehouseHttpFilter(pipeline));
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    /** Says how the caller was known, and which cookies the application would have read. */
    private void answer(HttpExchange raw) throws IOException {
        Exchange exchange = GatehouseHttpFilter.exchange(raw);
        String how = AuthGate.key(exchange).isPresent()
                ? "key"
                : AuthGate.session(exchange).isPresent() ? "session" : "stranger";
        boolean refresh = world.auth.cookies().refresh(exchange).isPresent();
        byte[] body = (how + (refresh ? " refresh" : "")).getBytes(StandardCharsets.UTF_8);
        raw.sendResponseHeaders(200, body.length);
        raw.getResponseBody().write(body);
        raw.close();
    }

    private String post(Route route, String... headers) throws Exception {
        URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + route.template());
        HttpRequest request = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .headers(headers)
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() == 200 ? response.body() : String.valueOf(response.statusCode());
    }

    private String cookies() {
        return "__Host-session=" + signedIn.session().reveal() + "; __Host-refresh="
                + signedIn.tokens().refresh().reveal();
    }

    @Test
    void actAsTheCookieOnlyFromOurOwnPages() throws Exception {
        assertThat(post(BUY, "Cookie", cookies(), "Sec-Fetch-Site", "same-origin", "Origin", "http://shop.example"))
                .isEqualTo("session refresh");
        assertThat(post(BUY, "Cookie", cookies())).isEqualTo("session refresh");
        for (String site : new String[] {"cross-site", "same-site", "unheard-of"}) {
            assertThat(post(BUY, "Cookie", cookies(), "Sec-Fetch-Site", site)).isEqualTo("403");
        }
        for (String origin : new String[] {"https://evil.example", "null", "http://shop.example.evil.example", ""}) {
            assertThat(post(BUY, "Cookie", cookies(), "Origin", origin)).isEqualTo("403");
        }
    }

    @Test
    void neverActAsTheCookieByAMadeUpBearer() throws Exception {
        for (String bearer : new String[] {"Bearer gh_made-up", "bearer x", "Bearer ", "Bearer " + key + "x"}) {
            for (Route route : new Route[] {BUY, REFRESH}) {
                assertThat(post(route, "Cookie", cookies(), "Authorization", bearer, "Sec-Fetch-Site", "cross-site"))
                        .isIn("401", "403");
            }
        }
        assertThat(post(BUY, "Cookie", cookies(), "Authorization", "Basic eDp5", "Sec-Fetch-Site", "cross-site"))
                .isEqualTo("403");
    }

    @Test
    void areExemptWithALiveKeyWhichActsForItselfAlone() throws Exception {
        String bearer = "Bearer " + key;
        assertThat(post(BUY, "Authorization", bearer, "Sec-Fetch-Site", "cross-site"))
                .isEqualTo("key");
        assertThat(post(BUY, "Cookie", cookies(), "Authorization", bearer, "Origin", "https://evil.example"))
                .isEqualTo("key");
        assertThat(post(REFRESH, "Cookie", cookies(), "Authorization", bearer, "Origin", "https://evil.example"))
                .isEqualTo("key");
    }

    @Test
    void areAnsweredWithAChallengeWhenTheBearerIsBad() throws Exception {
        URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/orders");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer x")
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
    }
}
