// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.docs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.AuthGate;
import dev.gatehouse.auth.AuthMailer;
import dev.gatehouse.auth.Login;
import dev.gatehouse.auth.LoginAttempt;
import dev.gatehouse.auth.Refresh;
import dev.gatehouse.auth.Registration;
import dev.gatehouse.auth.access.Roles;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.config.Secret;
import dev.gatehouse.http.Access;
import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.PipelineSettings;
import dev.gatehouse.http.Problem;
import dev.gatehouse.http.ProblemException;
import dev.gatehouse.http.Problems;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import dev.gatehouse.http.jdk.GatehouseHttpFilter;
import dev.gatehouse.jdbc.flyway.Migrations;
import dev.gatehouse.json.JsonFields;
import dev.gatehouse.json.JsonReader;
import dev.gatehouse.json.Parsed;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitGroup;
import dev.gatehouse.ratelimit.RateLimitGate;
import dev.gatehouse.ratelimit.RateLimiter;
import dev.gatehouse.ratelimit.RateLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/** The program of the guides: accounts and limits around the JDK's own server, and nothing else. */
final class SmallApp implements AutoCloseable {

    final Auth auth;
    final Gatehouse house;
    private final ExecutorService workers = Executors.newFixedThreadPool(8);
    private final HttpServer server;

    SmallApp(DataSource database, AuthMailer mailer, Secret rootSecret, URI origin) throws IOException {
        // region wiring
        Migrations.migrate(database, AuthStore.SCHEMA);
        auth = Auth.builder()
                .store(AuthStore.jdbc(database))
                .mailer(mailer)
                .secret(rootSecret)
                .service("Small App")
                .roles(Roles.none().privileged("operator", "operate"))
                .build();
        RateLimits limits = RateLimits.builder(RateLimiter.builder().build())
                .group(LimitGroup.named("session").byAddress(Limit.perMinute("session", 120)))
                .build();
        Routes routes = Routes.of(
                Route.post("/register").access(Access.anyone()).limitGroup("registration"),
                Route.post("/verify").access(Access.anyone()).limitGroup("auth"),
                Route.post("/login").access(Access.anyone()).limitGroup("login"),
                Route.post("/refresh").access(Access.anyone()).limitGroup("session"),
                Route.post("/logout").access(Access.anyone()).limitGroup("session"),
                Route.get("/me").access(Access.signedIn()),
                Route.get("/ops").access(Access.permission("operate")));
        house = Gatehouse.builder()
                .routes(routes)
                .gates(new AuthGate(auth, routes), new RateLimitGate(limits, routes))
                .pipeline(PipelineSettings.builder().publicOrigin(origin).build())
                .build();
        house.start();
        // endregion
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve).getFilters().add(new GatehouseHttpFilter(house.pipeline()));
        server.setExecutor(workers);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void serve(HttpExchange http) throws IOException {
        Exchange exchange = GatehouseHttpFilter.exchange(http);
        String answer = switch (exchange.route().template()) {
            case "/register" -> register(fields(http));
            case "/verify" -> verify(fields(http));
            case "/login" -> login(exchange, fields(http));
            case "/refresh" -> refresh(exchange);
            case "/logout" -> logout(exchange);
            default -> AuthGate.session(exchange).orElseThrow().email();
        };
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        http.sendResponseHeaders(200, body.length);
        http.getResponseBody().write(body);
        http.close();
    }

    private static JsonFields fields(HttpExchange http) throws IOException {
        if (JsonReader.read(http.getRequestBody().readAllBytes()) instanceof Parsed.Value json) {
            return JsonFields.of(json.value());
        }
        throw new ProblemException(Problems.badRequest("The body must be JSON."));
    }

    private String register(JsonFields body) {
        Registration registration =
                auth.register(body.text("email", 1, 254), Secret.of(body.text("password", 1, 4_096)));
        if (registration instanceof Registration.Rejected rejected) {
            throw new ProblemException(Problem.of(422, "Not accepted", "See violations.")
                    .with(
                            "violations",
                            rejected.violations().stream()
                                    .map(violation -> violation.field() + " " + violation.rule())
                                    .toList()));
        }
        if (registration instanceof Registration.Busy busy) {
            throw busy(busy.retryAfter());
        }
        return "Look into your mail.";
    }

    private String verify(JsonFields body) {
        if (!auth.verify(Secret.of(body.text("token", 1, 500)))) {
            throw new ProblemException(Problems.badRequest("The link is wrong, was used before, or is too old."));
        }
        return "Now sign in.";
    }

    // region sign-in
    private String login(Exchange exchange, JsonFields body) {
        LoginAttempt attempt = LoginAttempt.of(body.text("email", 1, 254), Secret.of(body.text("password", 1, 4_096)));
        Login login = auth.login(attempt.sentBy(exchange, auth.cookies()));
        if (login instanceof Login.SignedIn signedIn) {
            auth.cookies().write(exchange, signedIn);
            return "Welcome.";
        }
        if (login instanceof Login.FactorRequired factor) {
            return factor.pending().reveal(); // to be sent back with the code: auth.loginFactor(…)
        }
        if (login instanceof Login.Busy busy) {
            throw busy(busy.retryAfter());
        }
        throw new ProblemException(Problem.of(401, "Not signed in", "The address or the password is wrong."));
    }

    private String refresh(Exchange exchange) {
        Optional<Secret> token = auth.cookies().refresh(exchange);
        if (token.isPresent() && auth.refresh(token.get()) instanceof Refresh.Refreshed refreshed) {
            auth.cookies().write(exchange, refreshed.tokens());
            return "Refreshed.";
        }
        throw new ProblemException(Problems.unauthorized());
    }

    private String logout(Exchange exchange) {
        auth.cookies().session(exchange).ifPresent(auth::logout);
        auth.cookies().clear(exchange);
        return "Good-bye.";
    }
    // endregion

    private static ProblemException busy(Duration retryAfter) {
        return new ProblemException(Problem.of(503, "Busy", "Try again in a moment.")
                .header("Retry-After", Long.toString(retryAfter.toSeconds() + 1)));
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdown();
        house.close();
    }
}
