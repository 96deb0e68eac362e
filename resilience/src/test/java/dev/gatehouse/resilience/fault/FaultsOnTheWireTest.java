// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.resilience.Guard;
import dev.gatehouse.resilience.Outcome;
import dev.gatehouse.testing.TestDatabases;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Every kind of fault, as real clients see it on real connections, and what a guard makes of it. */
class FaultsOnTheWireTest {

    private static final Actor OPERATOR = Actor.account("operator-1");
    private static final int HEADERS_AND_SOME = 400;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Faults faults = Faults.allowedIf(true)
            .dependencies("provider", "database")
            .meters(meters)
            .build();

    @AfterEach
    void end() {
        faults.close();
    }

    private void inject(String dependency, FaultKind kind) {
        faults.add(Fault.of(dependency, Duration.ofMinutes(5)).failing(1, kind).seeded(1), OPERATOR);
    }

    private double strikes(String kind) {
        return meters.get("gatehouse.faults.strikes")
                .tag("kind", kind)
                .counter()
                .count();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for 20 s").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static Throwable failure(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed<?>) outcome).cause();
    }

    @Nested
    class ByHttp {

        private final HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        private final AtomicInteger received = new AtomicInteger();
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private HttpServer server;
        private Detour detour;
        private Guard guard;

        @BeforeEach
        void start() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                received.incrementAndGet();
                try (exchange) {
                    exchange.getRequestBody().readAllBytes();
                    byte[] body = "x".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                }
            });
            server.start();
            detour = faults.detour(
                    "provider",
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
            guard = guard(Duration.ofSeconds(20));
        }

        @AfterEach
        void stop() {
            server.stop(0);
            threads.shutdownNow();
        }

        private Guard guard(Duration timeout) {
            return Guard.named("provider")
                    .timeout(timeout)
                    .hosts(detour.authorities().toArray(String[]::new))
                    .faults(faults)
                    .build();
        }

        private Outcome<HttpResponse<String>> ask() {
            return ask(guard);
        }

        private Outcome<HttpResponse<String>> ask(Guard through) {
            HttpRequest request = HttpRequest.newBuilder(detour.now().resolve("/answer"))
                    .POST(HttpRequest.BodyPublishers.ofString("please"))
                    .build();
            return through.send(client, request, BodyHandlers.ofString());
        }

        private void assertServed() {
            assertThat(ask())
                    .isInstanceOfSatisfying(
                            Outcome.Success.class,
                            success -> assertThat(((HttpResponse<?>) success.value()).statusCode())
                                    .isEqualTo(200));
        }

        @Test
        void refusesToConnect() {
            assertServed();
            inject("provider", FaultKind.refuse());

            assertThat(failure(ask())).isInstanceOf(ConnectException.class);
            assertThat(received).hasValue(1);
            faults.clear(OPERATOR);
            assertServed();
        }

        @Test
        void refusesOnItsOwnPortAndListensThereAgain() {
            FaultProxy proxy =
                    faults.proxy("provider", "127.0.0.1", server.getAddress().getPort());
            for (int round = 0; round < 3; round++) {
                assertThat(canConnect(proxy.port())).isTrue();
                inject("provider", FaultKind.refuse());
                assertThat(canConnect(proxy.port())).isFalse();
                faults.clear(OPERATOR);
            }
            assertThat(canConnect(proxy.port())).isTrue();
        }

        private boolean canConnect(int port) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        }

        @Test
        void resetsTheConnectionAfterTheRequestWasReceived() {
            inject("provider", FaultKind.reset());

            assertThat(failure(ask()))
                    .isInstanceOf(IOException.class)
                    .hasRootCauseInstanceOf(SocketException.class)
                    .rootCause()
                    .hasMessageContaining("reset");
            assertThat(received).hasValue(1);
            assertThat(strikes("reset")).isEqualTo(1);
            faults.clear(OPERATOR);
            assertServed();
        }

        @Test
        void breaksTheAnswerOffInItsMiddle() {
            inject("provider", FaultKind.partial(HEADERS_AND_SOME));

            assertThat(failure(ask())).isInstanceOf(IOException.class).hasMessageContaining("bytes received");
            assertThat(received).hasValue(1);
        }

        @Test
        void breaksTheAnswerOffBeforeItBegan() {
            inject("provider", FaultKind.partial(0));

            assertThat(failure(ask())).isInstanceOf(IOException.class).hasRootCauseInstanceOf(EOFException.class);
        }

        @Test
        void stallsInTheMiddleOfTheAnswer() {
            inject("provider", FaultKind.stall(HEADERS_AND_SOME));

            assertThat(ask(guard(Duration.ofMillis(300)))).isInstanceOf(Outcome.TimedOut.class);
            faults.clear(OPERATOR);
            assertServed();
        }

        @Test
        void goesOnWhereItStalledWhenTheFaultIsOver() throws Exception {
            inject("provider", FaultKind.stall(HEADERS_AND_SOME));
            var answer = threads.submit(() -> ask());
            await(() -> received.get() == 1);
            assertThat(answer).isNotDone();
            faults.clear(OPERATOR);

            assertThat(answer.get()).isInstanceOf(Outcome.Success.class);
        }

        @Test
        void answersSlowly() {
            inject("provider", FaultKind.trickle(10));

            assertThat(ask(guard(Duration.ofMillis(500)))).isInstanceOf(Outcome.TimedOut.class);
            assertThat(strikes("trickle")).isEqualTo(1);
        }

        @Test
        void hangsBeforeAnythingIsSent() {
            inject("provider", FaultKind.hang());

            assertThat(ask(guard(Duration.ofMillis(200)))).isInstanceOf(Outcome.TimedOut.class);
            assertThat(received).hasValue(0);
        }

        @Test
        void failsBeforeAnythingIsSent() {
            inject("provider", FaultKind.error());

            assertThat(failure(ask())).isInstanceOf(InjectedFaultException.class);
            assertThat(received).hasValue(0);
        }

        @Test
        void strikesOnlyItsShareAndTheSameOnesAgain() {
            String first = struckOf(30);
            String second = struckOf(30);

            assertThat(first).contains("x", ".").isEqualTo(second);
        }

        private String struckOf(int calls) {
            faults.add(
                    Fault.of("provider", Duration.ofMinutes(5))
                            .failing(0.5, FaultKind.partial(HEADERS_AND_SOME))
                            .seeded(5),
                    OPERATOR);
            StringBuilder pattern = new StringBuilder();
            for (int i = 0; i < calls; i++) {
                Guard fresh = guard(Duration.ofSeconds(20));
                pattern.append(ask(fresh) instanceof Outcome.Success ? '.' : 'x');
            }
            faults.clear(OPERATOR);
            return pattern.toString();
        }

        @Test
        void holdsNothingForAClientThatHasGone() {
            FaultProxy proxy =
                    faults.proxy("provider", "127.0.0.1", server.getAddress().getPort());
            inject("provider", FaultKind.stall(10));
            URI through = proxy.before(URI.create("http://127.0.0.1:1/"));
            Guard hasty = Guard.named("provider")
                    .timeout(Duration.ofMillis(200))
                    .hosts(through.getAuthority())
                    .build();
            hasty.send(client, HttpRequest.newBuilder(through).build(), BodyHandlers.ofString());

            assertThat(strikes("stall")).isEqualTo(1);
            await(() -> proxy.connections() == 0 && proxy.working() == 0);
            assertThat(faults.active()).hasSize(1);
        }

        @Test
        void leadsStraightWhileNoFaultNeedsTheProxy() {
            URI straight = detour.now();
            inject("provider", FaultKind.error());
            assertThat(detour.now()).isEqualTo(straight);
            inject("provider", FaultKind.reset());
            assertThat(detour.now()).isNotEqualTo(straight);
        }
    }

    @Nested
    class ByJdbc {

        private final PGSimpleDataSource database = new PGSimpleDataSource();
        private FaultProxy proxy;

        @BeforeEach
        void lead() throws SQLException {
            PGSimpleDataSource real = TestDatabases.postgresql().unwrap(PGSimpleDataSource.class);
            proxy = faults.proxy("database", "127.0.0.1", real.getPortNumbers()[0]);
            database.setUrl(
                    "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + real.getDatabaseName() + "?sslmode=disable");
            database.setUser(real.getUser());
            database.setSocketTimeout(1);
            database.setCancelSignalTimeout(1);
        }

        private Outcome<String> query(Connection connection, Duration timeout) {
            Guard guard =
                    Guard.named("database").timeout(timeout).faults(faults).build();
            return guard.call(attempt -> {
                try (var statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("SELECT repeat('x', 500)")) {
                    rows.next();
                    return rows.getString(1);
                }
            });
        }

        private void assertBroken(FaultKind kind, Class<? extends Exception> cause) throws SQLException {
            try (Connection connection = database.getConnection()) {
                assertThat(query(connection, Duration.ofSeconds(20))).isInstanceOf(Outcome.Success.class);
                inject("database", kind);
                Throwable failure = failure(query(connection, Duration.ofSeconds(20)));

                assertThat(failure).isInstanceOf(SQLException.class).hasCauseInstanceOf(cause);
                assertThat(((SQLException) failure).getSQLState()).isEqualTo("08006");
            }
        }

        private void assertTimesOut(FaultKind kind) throws SQLException {
            try (Connection connection = database.getConnection()) {
                inject("database", kind);

                assertThat(query(connection, Duration.ofMillis(200))).isInstanceOf(Outcome.TimedOut.class);
            }
        }

        @Test
        void refusesToConnect() throws SQLException {
            Guard guard =
                    Guard.named("database").timeout(Duration.ofSeconds(20)).build();
            inject("database", FaultKind.refuse());
            Throwable failure = failure(guard.call(attempt -> database.getConnection()));

            assertThat(failure).isInstanceOf(SQLException.class).hasRootCauseInstanceOf(ConnectException.class);
            assertThat(((SQLException) failure).getSQLState()).isEqualTo("08001");
        }

        @Test
        void cutsTheConnectionsOfAPoolWhenItRefuses() throws SQLException {
            assertBroken(FaultKind.refuse(), SocketException.class);
        }

        @Test
        void resetsTheConnection() throws SQLException {
            assertBroken(FaultKind.reset(), SocketException.class);
        }

        @Test
        void breaksTheAnswerOff() throws SQLException {
            assertBroken(FaultKind.partial(60), EOFException.class);
        }

        @Test
        void stallsInTheMiddleOfTheAnswer() throws SQLException {
            assertTimesOut(FaultKind.stall(60));
        }

        @Test
        void answersSlowly() throws SQLException {
            assertTimesOut(FaultKind.trickle(1_000));
        }

        @Test
        void hangsUntilTheGuardInterrupts() throws SQLException {
            assertTimesOut(FaultKind.hang());
        }

        @Test
        void worksAgainWhenTheFaultIsOver() throws SQLException {
            inject("database", FaultKind.reset());
            faults.clear(OPERATOR);

            try (Connection connection = database.getConnection()) {
                assertThat(query(connection, Duration.ofSeconds(20))).isInstanceOf(Outcome.Success.class);
            }
        }
    }
}
