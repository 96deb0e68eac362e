// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.context.ContextHttpClient;
import dev.gatehouse.context.RequestContext;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real sockets: a provider that hangs, fails, resets and dribbles. */
class SendTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger arrived = new AtomicInteger();
    private final List<Duration> pauses = new ArrayList<>();
    private HttpServer server;
    private Guard guard;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        guard = guardOf("127.0.0.1:" + server.getAddress().getPort(), Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
        assertThat(Thread.interrupted()).isFalse();
    }

    private Guard guardOf(String host, Duration timeout) {
        return Guard.named("payments")
                .timeout(timeout)
                .budget(Duration.ofSeconds(30))
                .retries(Retries.upTo(3))
                .hosts(host)
                .pause(pauses::add)
                .build();
    }

    private void answers(int status, String... retryAfter) {
        server.createContext("/", exchange -> {
            arrived.incrementAndGet();
            for (String value : retryAfter) {
                exchange.getResponseHeaders().add("Retry-After", value);
            }
            answer(exchange, status);
        });
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        byte[] body = "body".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/pay");
    }

    private Outcome<HttpResponse<String>> get() {
        return guard.send(client, HttpRequest.newBuilder(uri()).build(), BodyHandlers.ofString());
    }

    private Outcome<HttpResponse<String>> post(String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri()).POST(BodyPublishers.ofString("order"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return guard.send(client, request.build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 302, 400, 402, 404, 409, 422})
    void takesAnythingThatIsNotTheDependencysFaultForAnAnswer(int status) {
        server.createContext("/", exchange -> {
            arrived.incrementAndGet();
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });

        assertThat(get().map(HttpResponse::statusCode)).isEqualTo(new Outcome.Success<>(status));
        assertThat(arrived).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void takesOverloadAndServerErrorsForFailures(int status) {
        answers(status);

        assertThat(post())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOfSatisfying(
                                        ErrorStatusException.class,
                                        error -> assertThat(error.response().statusCode())
                                                .isEqualTo(status)));
    }

    @Test
    void repeatsIdempotentMethodsOnly() {
        answers(503);

        get();
        assertThat(arrived).hasValue(3);
        post();
        assertThat(arrived).hasValue(4);
        post("Idempotency-Key", "order-1");
        assertThat(arrived).hasValue(7);
    }

    @Test
    void waitsAsLongAsTheDependencyAskedFor() {
        answers(503, "7");
        get();

        assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
    }

    @Test
    void doesNotWaitForLongerThanTheBudget() {
        answers(503, "3600");
        get();

        assertThat(pauses).isEmpty();
        assertThat(arrived).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "9999999999999", "Wed, 21 Oct 2026 07:28:00 CET"})
    void ignoresARetryAfterThatCannotBeRead(String value) {
        answers(503, value);
        get();

        assertThat(pauses).hasSize(2).allMatch(pause -> pause.compareTo(Duration.ofMillis(100)) <= 0);
    }

    @Test
    void stopsWaitingForAServerThatHangs() {
        server.createContext("/", exchange -> {
            arrived.incrementAndGet();
            await();
        });
        guard = guardOf("127.0.0.1", Duration.ofMillis(100));

        assertThat(post()).isInstanceOf(Outcome.TimedOut.class);
        assertThat(arrived).hasValue(1);
        assertThat(guard.running()).isZero();
    }

    @Test
    void stopsWaitingForABodyThatNeverEnds() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('b');
            exchange.getResponseBody().flush();
            await();
        });
        guard = guardOf("127.0.0.1", Duration.ofMillis(100));

        assertThat(post()).isInstanceOf(Outcome.TimedOut.class);
    }

    @Test
    void callsAConnectionThatIsResetAFailure() throws Exception {
        try (ServerSocket resetting = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> resetAll(resetting));
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + resetting.getLocalPort() + "/"))
                    .POST(BodyPublishers.noBody())
                    .build();
            guard = guardOf("127.0.0.1", Duration.ofSeconds(5));

            assertThat(guard.send(client, request, BodyHandlers.discarding()))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.cause()).isInstanceOf(IOException.class));
        }
    }

    @Test
    void callsAClosedPortAFailure() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        guard = guardOf("127.0.0.1", Duration.ofSeconds(5));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .build();

        assertThat(guard.send(client, request, BodyHandlers.discarding())).isInstanceOf(Outcome.Failed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:{port}/, other.example",
        "http://127.0.0.1:{port}/, 127.0.0.1:1",
        "http://localhost:{port}/, 127.0.0.1",
        "http://pay.example@127.0.0.1:{port}/, pay.example",
        "http://pay.example:80@127.0.0.1:{port}/, pay.example:80",
        "http://127.0.0.1:{port}/?pay.example, pay.example"
    })
    void callsNoHostThatWasNotAllowed(String target, String allowed) {
        answers(200);
        guard = guardOf(allowed, Duration.ofSeconds(5));
        URI uri = URI.create(
                target.replace("{port}", Integer.toString(server.getAddress().getPort())));

        assertThat(guard.send(client, HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()))
                .isEqualTo(new Outcome.Rejected<>(Outcome.Rejection.HOST));
        assertThat(arrived).hasValue(0);
    }

    @Test
    void callsNoAllowedHostThatIsWhereItShouldNotBe() {
        answers(200);
        guard = Guard.named("payments")
                .timeout(Duration.ofSeconds(5))
                .hosts("pay.example")
                .resolver(host -> List.of(InetAddress.getLoopbackAddress()))
                .retries(Retries.upTo(3))
                .build();
        URI uri = URI.create("http://pay.example:" + server.getAddress().getPort() + "/");
        HttpRequest request = HttpRequest.newBuilder(uri).build();

        assertThat(guard.send(client, request, BodyHandlers.ofString()))
                .isEqualTo(new Outcome.Rejected<>(Outcome.Rejection.HOST));
        assertThat(guard.sendAsync(client, request, BodyHandlers.ofString()).join())
                .isEqualTo(new Outcome.Rejected<>(Outcome.Rejection.HOST));
        assertThat(arrived).hasValue(0);
        assertThat(guard.running()).isZero();
    }

    @Test
    void callsAnInternalHostWhoseRangeWasAllowed() {
        answers(200);
        guard = Guard.named("payments")
                .timeout(Duration.ofSeconds(5))
                .host("localhost", "127.0.0.0/8", "::1")
                .build();
        URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/");
        HttpRequest request = HttpRequest.newBuilder(uri).build();

        assertThat(guard.send(client, request, BodyHandlers.ofString())).isInstanceOf(Outcome.Success.class);
    }

    @Test
    void waitsNoLongerForANameServerThanForAnythingElse() {
        guard = Guard.named("payments")
                .timeout(Duration.ofMillis(50))
                .hosts("pay.example")
                .resolver(host -> {
                    await();
                    return List.of();
                })
                .build();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://pay.example/")).build();

        assertThat(guard.send(client, request, BodyHandlers.ofString())).isInstanceOf(Outcome.TimedOut.class);
        assertThat(guard.sendAsync(client, request, BodyHandlers.ofString()).join())
                .isInstanceOf(Outcome.TimedOut.class);
    }

    @Test
    void takesTheStatusesForFailuresThatItIsTold() {
        answers(418);
        guard = Guard.named("payments")
                .timeout(Duration.ofSeconds(5))
                .hosts("127.0.0.1")
                .failingStatus(status -> status == 418)
                .build();

        assertThat(get()).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void goesNowhereUnlessAHostWasAllowed() {
        Guard closed = Guard.named("closed").timeout(Duration.ofSeconds(1)).build();

        assertThat(closed.send(client, HttpRequest.newBuilder(uri()).build(), BodyHandlers.ofString()))
                .isEqualTo(new Outcome.Rejected<>(Outcome.Rejection.HOST));
    }

    @Test
    void refusesAClientThatWouldFollowARedirectToAnyHost() {
        HttpClient follower = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpRequest request = HttpRequest.newBuilder(uri()).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> guard.send(follower, request, BodyHandlers.ofString()))
                .withMessageContaining("follows redirects but must not");
    }

    @Test
    void carriesTheRequestsContextWithAClientThatDoes() throws Exception {
        List<String> ids = new ArrayList<>();
        server.createContext("/", exchange -> {
            ids.add(exchange.getRequestHeaders().getFirst("X-Request-Id"));
            answer(exchange, 200);
        });
        HttpRequest request = HttpRequest.newBuilder(uri()).build();

        RequestContext.NONE
                .withRequestId("r-1")
                .wrap(() -> guard.send(ContextHttpClient.wrap(client), request, BodyHandlers.ofString()))
                .call();

        assertThat(ids).containsExactly("r-1");
    }

    private Outcome<HttpResponse<String>> getAsync() {
        return guard.sendAsync(client, HttpRequest.newBuilder(uri()).build(), BodyHandlers.ofString())
                .join();
    }

    @Test
    void answersAsynchronously() {
        answers(200);

        assertThat(getAsync().map(HttpResponse::body)).isEqualTo(new Outcome.Success<>("body"));
        assertThat(guard.running()).isZero();
    }

    @Test
    void judgesAndRepeatsAsynchronouslyToo() {
        answers(503);

        assertThat(getAsync())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause()).isInstanceOf(ErrorStatusException.class));
        assertThat(arrived).hasValue(3);
    }

    @Test
    void endsTheExchangeThatItNoLongerWaitsFor() throws Exception {
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Future<Integer> afterTheRequest = threads.submit(() -> readToTheEnd(hanging));
            guard = guardOf("127.0.0.1", Duration.ofMillis(200));
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hanging.getLocalPort() + "/"))
                    .POST(BodyPublishers.noBody())
                    .build();

            assertThat(guard.sendAsync(client, request, BodyHandlers.ofString()).join())
                    .isInstanceOf(Outcome.TimedOut.class);
            assertThat(afterTheRequest.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
        }
    }

    /** What the client says in the end; -1 when it closes. */
    private static int readToTheEnd(ServerSocket listening) throws IOException {
        try (Socket socket = listening.accept()) {
            int last = 0;
            while (last >= 0) {
                last = socket.getInputStream().read();
            }
            return last;
        }
    }

    @Test
    void opensTheCircuitWhenTheServerFailsAndSendsNothingMore() {
        answers(500);
        for (int i = 0; i < 10; i++) {
            post();
        }

        assertThat(post()).isEqualTo(new Outcome.Rejected<>(Outcome.Rejection.OPEN));
        assertThat(arrived).hasValue(10);
    }

    private void resetAll(ServerSocket listening) {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                arrived.incrementAndGet();
                socket.setSoLinger(true, 0);
            } catch (IOException e) {
                return; // the test has ended
            }
        }
    }

    private void await() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
