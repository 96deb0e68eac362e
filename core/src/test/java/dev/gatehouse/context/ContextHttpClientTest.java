// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

@Timeout(60)
class ContextHttpClientTest {

    private static final TraceParent TRACE = new TraceParent("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", 1);
    private static final RequestContext CONTEXT =
            RequestContext.NONE.withRequestId("r1").withTrace(TRACE, TraceState.EMPTY.with("foo", "1"));

    private final HttpClient client = ContextHttpClient.wrap(HttpClient.newHttpClient());
    private final BlockingQueue<Headers> received = new LinkedBlockingQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService serverThreads = Executors.newCachedThreadPool();
    private HttpServer server;
    private RequestContext.Scope scope;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(serverThreads);
        server.createContext("/", this::answer);
        server.createContext("/half", this::answerHalf);
        server.start();
        scope = CONTEXT.open();
    }

    @AfterEach
    void stop() {
        over.countDown();
        scope.close();
        server.stop(0);
        serverThreads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        received.add(exchange.getRequestHeaders());
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    /** Sends the head and half the body, and then nothing until the test is over. */
    private void answerHalf(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 2);
        exchange.getResponseBody().write('1');
        exchange.getResponseBody().flush();
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
    }

    private RequestContext.Scope deadline(Duration budget) {
        return CONTEXT.withDeadline(Deadline.after(budget)).open();
    }

    @Nested
    class Headed {

        @Test
        void carriesIdTraceStateAndTimeLeft() throws Exception {
            var bounded = deadline(Duration.ofMinutes(1));
            client.send(to("/").build(), BodyHandlers.discarding());
            bounded.close();
            Headers headers = received.take();
            assertThat(headers.getFirst("X-Request-Id")).isEqualTo("r1");
            assertThat(headers.getFirst("tracestate")).isEqualTo("foo=1");
            assertThat(Long.parseLong(headers.getFirst("X-Request-Timeout-Ms"))).isBetween(1L, 60_000L);
            TraceParent parent = TraceParent.parse(headers.getOrDefault("Traceparent", List.of()))
                    .orElseThrow();
            assertThat(parent.traceId()).isEqualTo(TRACE.traceId());
            assertThat(parent.spanId()).isNotEqualTo(TRACE.spanId());
        }

        @Test
        void keepsWhatTheRequestHasAlready() throws Exception {
            HttpRequest request = to("/").header("x-request-id", "mine")
                    .header("traceparent", "00-11111111111111111111111111111111-2222222222222222-00")
                    .header("Accept", "text/plain")
                    .build();
            client.send(request, BodyHandlers.discarding());
            Headers headers = received.take();
            assertThat(headers.get("X-Request-Id")).containsExactly("mine");
            assertThat(headers.get("Traceparent")).hasSize(1).first().asString().startsWith("00-1111");
            assertThat(headers.get("Tracestate")).isNull();
            assertThat(headers.get("Accept")).containsExactly("text/plain");
        }

        @Test
        void addsNothingOutsideOfARequest() throws Exception {
            var none = RequestContext.NONE.open();
            client.send(to("/").build(), BodyHandlers.discarding());
            none.close();
            assertThat(received.take())
                    .doesNotContainKeys("X-request-id", "Traceparent", "Tracestate", "X-request-timeout-ms");
        }
    }

    @Nested
    class Bounded {

        @Test
        void sendsNothingAfterTheDeadline() {
            var expired = deadline(Duration.ZERO);
            assertThatThrownBy(() -> client.send(to("/").build(), BodyHandlers.discarding()))
                    .isInstanceOf(HttpTimeoutException.class);
            assertThat(client.sendAsync(to("/").build(), BodyHandlers.discarding()))
                    .isCompletedExceptionally();
            expired.close();
            assertThat(received).isEmpty();
        }

        @Test
        void givesUpOnABodyThatDoesNotEnd() {
            var bounded = deadline(Duration.ofMillis(200));
            assertThatThrownBy(() -> client.send(to("/half").build(), BodyHandlers.ofString()))
                    .isInstanceOf(HttpTimeoutException.class);
            bounded.close();
        }

        @Test
        void givesUpOnABodyThatDoesNotEndWhenAsynchronousToo() {
            var bounded = deadline(Duration.ofMillis(200));
            CompletableFuture<String> answer = client.sendAsync(to("/half").build(), BodyHandlers.ofString())
                    .handle((value, failure) -> failure.getClass().getSimpleName()
                            + RequestContext.current().requestId().orElse(" without context"));
            bounded.close();
            assertThat(answer.join()).isEqualTo("HttpTimeoutExceptionr1");
        }

        @Test
        void boundsTheRequestByTheStricterOfItsOwnTimeoutAndTheDeadline() {
            var bounded = deadline(Duration.ofMinutes(1));
            assertThat(timeoutSent(to("/").timeout(Duration.ofHours(1)).build()))
                    .isLessThanOrEqualTo(Duration.ofMinutes(1));
            assertThat(timeoutSent(to("/").timeout(Duration.ofMillis(1)).build()))
                    .isEqualTo(Duration.ofMillis(1));
            bounded.close();
        }

        private Duration timeoutSent(HttpRequest request) {
            BlockingQueue<HttpRequest> sent = new LinkedBlockingQueue<>();
            CompletableFuture<HttpResponse<String>> answer = ContextCall.of(request)
                    .start(bounded -> {
                        sent.add(bounded);
                        return new CompletableFuture<>();
                    });
            answer.cancel(true);
            return sent.remove().timeout().orElseThrow();
        }

        @Test
        void passesOtherFailuresOnAsTheyAre() throws Exception {
            int port = server.getAddress().getPort();
            server.stop(0);
            var bounded = deadline(Duration.ofMinutes(1));
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port))
                    .build();
            assertThatThrownBy(() -> client.send(request, BodyHandlers.discarding()))
                    .isInstanceOf(ConnectException.class);
            bounded.close();
            assertThatThrownBy(() ->
                            client.sendAsync(request, BodyHandlers.discarding()).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(ConnectException.class);
        }
    }

    @Nested
    class Asynchronous {

        @Test
        void everyKindOfStageRunsWithTheContext() throws Exception {
            CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(to("/").build(), BodyHandlers.discarding());
            CompletableFuture<String> sync = answer.thenApply(response -> MDC.get("http.request.id"));
            CompletableFuture<String> async = answer.thenApplyAsync(response -> MDC.get("http.request.id"));
            CompletableFuture<String> later = async.thenApplyAsync(
                    value -> value + RequestContext.current().requestId().orElse("-"));
            assertThat(List.of(sync.get(), async.get(), later.get())).containsExactly("r1", "r1", "r1r1");
        }

        @Test
        void cancellingEndsTheExchange() {
            CompletableFuture<HttpResponse<String>> raw = new CompletableFuture<>();
            CompletableFuture<HttpResponse<String>> answer =
                    ContextCall.of(to("/").build()).start(request -> raw);
            answer.cancel(true);
            assertThat(raw).isCancelled();
        }
    }
}
