// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.context.RequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every adapter owes the pipeline, asked over real sockets. */
abstract class AdapterContract {

    private static final Access OPEN = Access.anyone();
    private static final Routes ROUTES = Routes.of(
            Route.get("/").access(OPEN),
            Route.get("/open").access(OPEN),
            Route.post("/open").access(OPEN),
            Route.get("/open/{name}").access(OPEN),
            Route.post("/small").access(OPEN).bodyLimit(2000),
            Route.get("/admin").access(Access.permission("admin")),
            Route.get("/forgotten"));

    private final List<Interceptor> interceptors = new ArrayList<>();
    private final AtomicInteger served = new AtomicInteger();
    private final BlockingQueue<Completion> completions = new LinkedBlockingQueue<>();
    final ExecutorService elsewhere = Executors.newCachedThreadPool();
    private App app = io -> io.answer(200, "hello");
    private @Nullable AutoCloseable server;
    private @Nullable Pipeline pipeline;

    /** The application. */
    @FunctionalInterface
    interface App {
        void serve(Io io) throws Exception;
    }

    /** What an application can do, whatever the server. */
    interface Io {
        Exchange exchange();

        InputStream body() throws IOException;

        void header(String name, String value);

        void answer(int status, String body) throws IOException;

        /** Begins a response without a length; closing the stream ends it. */
        OutputStream stream(int status) throws IOException;

        /** Goes on after the handler returned, on another thread. */
        void later(App work);
    }

    /** Serves {@code app} behind {@code pipeline} on a free port of loopback. */
    abstract Running start(Pipeline pipeline, App app) throws Exception;

    /** A server that runs. */
    record Running(int port, AutoCloseable server) {}

    @AfterEach
    void stop() throws Exception {
        elsewhere.shutdownNow();
        if (server != null) {
            server.close();
        }
    }

    final RawHttp serving() throws Exception {
        interceptors.add(0, new Watch());
        pipeline = new Pipeline(
                ROUTES,
                interceptors,
                PipelineSettings.builder()
                        .publicOrigin(URI.create("https://shop.example"))
                        .build());
        Running running = start(pipeline, io -> {
            served.incrementAndGet();
            app.serve(io);
        });
        server = running.server();
        return new RawHttp(running.port());
    }

    private RawHttp serving(App how) throws Exception {
        app = how;
        return serving();
    }

    private Completion completion() throws InterruptedException {
        Completion completion = completions.poll(10, TimeUnit.SECONDS);
        assertThat(completion).as("the end was told").isNotNull();
        return Objects.requireNonNull(completion);
    }

    private final class Watch implements Interceptor {
        @Override
        public Phase phase() {
            return Phase.OBSERVE;
        }

        @Override
        public void after(Exchange exchange, Completion completion) {
            completions.add(completion);
        }
    }

    private static Interceptor before(Phase phase, Function<Exchange, Verdict> step) {
        return new Interceptor() {
            @Override
            public Phase phase() {
                return phase;
            }

            @Override
            public Verdict before(Exchange exchange) {
                return step.apply(exchange);
            }
        };
    }

    @Nested
    class AnOrdinaryRequest {

        @Test
        void reachesTheApplicationAndIsAnswered() throws Exception {
            RawHttp.Answer answer = serving().send("GET", "/open");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("hello");
            assertThat(completion().status()).isEqualTo(200);
        }

        @Test
        void bearsTheSecurityHeadersOnceEach() throws Exception {
            RawHttp.Answer answer = serving().send("GET", "/open");
            assertThat(answer.headers("Content-Security-Policy")).hasSize(1);
            assertThat(answer.headers("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(answer.headers("X-Frame-Options")).containsExactly("DENY");
            assertThat(answer.headers("Referrer-Policy")).containsExactly("same-origin");
            assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
        }

        @Test
        void keepsTheCallersRequestId() throws Exception {
            RawHttp.Answer answer = serving().send("GET", "/open", "X-Request-Id: abc.DEF_1-2");
            assertThat(answer.headers("X-Request-Id")).containsExactly("abc.DEF_1-2");
        }

        @Test
        void getsAnotherRequestIdWhenTheCallersIsUnsafe() throws Exception {
            RawHttp.Answer answer = serving().send("GET", "/open", "X-Request-Id: <script>");
            assertThat(answer.header("X-Request-Id")).hasSize(26);
        }

        @Test
        void runsInItsOwnContext() throws Exception {
            RawHttp http = serving(io -> io.answer(
                    200,
                    RequestContext.current() == io.exchange().context()
                            ? RequestContext.current().requestId().orElse("none")
                            : "another context"));
            assertThat(http.send("GET", "/open", "X-Request-Id: mine").body()).isEqualTo("mine");
        }

        @Test
        void readsItsPathVariable() throws Exception {
            RawHttp http = serving(io -> io.answer(200, io.exchange().pathVariable("name")));
            assertThat(http.send("GET", "/open/a%20b%2Bc").body()).isEqualTo("a b+c");
        }

        @Test
        void readsItsWholeBodyUpToTheBound() throws Exception {
            RawHttp http =
                    serving(io -> io.answer(200, Integer.toString(io.body().readAllBytes().length)));
            assertThat(http.sendBody("POST", "/small", "x".repeat(2000)).body()).isEqualTo("2000");
            assertThat(http.sendChunked("POST", "/small", "x".repeat(2000)).body())
                    .isEqualTo("2000");
        }

        @Test
        void getsAHeadWithoutABody() throws Exception {
            RawHttp.Answer answer = serving().send("HEAD", "/open");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Nested
    class ARequestThatNothingServes {

        @Test
        void isNotFound() throws Exception {
            RawHttp.Answer answer = serving().send("GET", "/nowhere", "X-Request-Id: r-1");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.body()).contains("\"status\":404", "\"requestId\":\"r-1\"");
            assertThat(answer.headers("X-Request-Id")).containsExactly("r-1");
            assertThat(answer.headers("Content-Security-Policy")).hasSize(1);
            assertThat(served).hasValue(0);
        }

        @Test
        void isToldTheAllowedMethods() throws Exception {
            RawHttp.Answer answer = serving().send("DELETE", "/open");
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
        }

        @Test
        void isAnsweredWhenItAsksForTheMethods() throws Exception {
            RawHttp.Answer answer = serving().send("OPTIONS", "/open");
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
            assertThat(served).hasValue(0);
        }

        @Test
        void getsAProblemWithoutABodyForHead() throws Exception {
            RawHttp.Answer answer = serving().send("HEAD", "/nowhere");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Nested
    class AnAmbiguousPath {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/open/../admin",
                    "/open/%2e%2e/admin",
                    "/open/%2E./admin",
                    "/./admin",
                    "//admin",
                    "/open//admin",
                    "/open/x;y=z",
                    "/open;a=b/x",
                    "/open/a%2Fb",
                    "/open/a%5cb",
                    "/open/a\\b",
                    "/open/a%00b",
                    "/open/a%0d%0ab",
                    "/open/a%3Bb",
                    "/open/%c0%ae%c0%ae",
                    "/open/%ff",
                    "/open/%ed%a0%80",
                    "/open/%",
                    "/open/%4",
                    "/open/%zz",
                    "/open/%u0041",
                    "*"
                })
        void isRefusedBeforeTheApplication(String target) throws Exception {
            RawHttp.Answer answer = serving().send("GET", target);
            assertThat(answer.status()).isIn(400, 404); // 404 from a server that never shows it to us
            assertThat(served).hasValue(0);
        }

        @Test
        void isMatchedDecodedSoThatAnEncodedLetterOpensNothing() throws Exception {
            assertThat(serving().send("GET", "/%61dmin").status()).isEqualTo(401);
            assertThat(served).hasValue(0);
        }

        @Test
        void ofTheWholeUriIsMatchedByItsPath() throws Exception {
            assertThat(serving().send("GET", "http://localhost/admin").status()).isEqualTo(401);
            assertThat(served).hasValue(0);
        }

        @Test
        void thatIsTooLongIsRefused() throws Exception {
            assertThat(serving().send("GET", "/open/" + "x".repeat(3000)).status())
                    .isEqualTo(414);
        }
    }

    @Nested
    class AProtectedRoute {

        @Test
        void isRefusedWhenNobodyCheckedItsRule() throws Exception {
            RawHttp.Answer answer = serving().send("GET", "/admin");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(served).hasValue(0);
        }

        @Test
        void isServedWhenItsRuleWasFoundToHold() throws Exception {
            interceptors.add(before(Phase.ACCESS, exchange -> {
                exchange.admit();
                return Verdict.proceed();
            }));
            assertThat(serving().send("GET", "/admin").status()).isEqualTo(200);
        }

        @Test
        void isNeverServedWithoutADeclaredRule() throws Exception {
            interceptors.add(before(Phase.ACCESS, exchange -> {
                exchange.admit();
                return Verdict.proceed();
            }));
            assertThat(serving().send("GET", "/forgotten").status()).isEqualTo(403);
            assertThat(served).hasValue(0);
        }
    }

    @Nested
    class AGuardThatThrows {

        @ParameterizedTest
        @ValueSource(strings = {"CONTEXT", "OBSERVE", "EDGE", "IDENTITY", "ACCOUNT", "ACCESS"})
        void neverLetsARequestThrough(Phase phase) throws Exception {
            interceptors.add(before(phase, exchange -> {
                throw new IllegalStateException("secret-in-guard");
            }));
            RawHttp.Answer answer = serving().send("GET", "/open");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("secret-in-guard").contains("requestId");
            assertThat(served).hasValue(0);
        }

        @Test
        void neverLetsARequestThroughWithAnErrorEither() throws Exception {
            interceptors.add(before(Phase.EDGE, exchange -> {
                throw new StackOverflowError("deep");
            }));
            assertThat(serving().send("GET", "/open").status()).isEqualTo(500);
            assertThat(served).hasValue(0);
        }
    }

    @Nested
    class AnApplicationThatFails {

        @Test
        void isAnsweredForWithoutInternals() throws Exception {
            RawHttp http = serving(io -> {
                throw new IllegalStateException("jdbc:password");
            });
            RawHttp.Answer answer = http.send("GET", "/open", "X-Request-Id: r-2");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.text()).doesNotContain("jdbc:password", "IllegalState", "at dev.");
            assertThat(answer.body()).contains("\"requestId\":\"r-2\"");
            assertThat(completion().error()).hasMessage("jdbc:password");
        }

        @Test
        void losesTheHeadersItSetButNotTheGuards() throws Exception {
            interceptors.add(before(Phase.EDGE, exchange -> {
                exchange.addHeader("Set-Cookie", "rotated=1");
                return Verdict.proceed();
            }));
            RawHttp http = serving(io -> {
                io.header("Content-Disposition", "attachment");
                io.exchange().setHeader("ETag", "\"1\"");
                throw new IllegalStateException("late");
            });
            RawHttp.Answer answer = http.send("GET", "/open");
            assertThat(answer.header("Content-Disposition")).isEmpty();
            assertThat(answer.header("ETag")).isEmpty();
            assertThat(answer.headers("Set-Cookie")).containsExactly("rotated=1");
            assertThat(answer.headers("X-Frame-Options")).containsExactly("DENY");
        }

        @Test
        void withAnErrorIsAnsweredForToo() throws Exception {
            RawHttp http = serving(io -> {
                throw new AssertionError("broken invariant");
            });
            assertThat(http.send("GET", "/open").status()).isEqualTo(500);
            assertThat(completion().error()).isInstanceOf(AssertionError.class);
        }

        @Test
        void doesNotLookLikeASuccessOnceTheResponseIsOnItsWay() throws Exception {
            RawHttp http = serving(io -> {
                OutputStream out = io.stream(200);
                out.write("half".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                throw new IllegalStateException("middle");
            });
            RawHttp.Answer answer = http.getUntilCut("/open");
            assertThat(answer.header("Transfer-Encoding")).isEqualToIgnoringCase("chunked");
            assertThat(answer.whole()).isFalse();
            assertThat(answer.text()).doesNotContain("middle");
            assertThat(completion().error()).hasMessage("middle");
        }
    }

    @Nested
    class ABodyAboveTheBound {

        @Test
        void isRefusedByItsAnnouncedLengthBeforeTheApplication() throws Exception {
            RawHttp http = serving();
            assertThat(http.sendBody("POST", "/small", "x".repeat(2001)).status())
                    .isEqualTo(413);
            assertThat(served).hasValue(0);
        }

        @Test
        void isRefusedWhenItsLengthFitsNoNumber() throws Exception {
            RawHttp.Answer answer = serving().send("POST", "/small", "Content-Length: 99999999999999999999999");
            assertThat(answer.status()).isIn(400, 413);
            assertThat(served).hasValue(0);
        }

        @Test
        void isCutOffWhileReadWhenItComesInChunks() throws Exception {
            AtomicInteger read = new AtomicInteger();
            RawHttp http = serving(io -> {
                InputStream body = io.body();
                for (int c = body.read(); c >= 0; c = body.read()) {
                    read.incrementAndGet();
                }
                io.answer(200, "all of it");
            });
            assertThat(http.sendChunked("POST", "/small", "x".repeat(5000)).status())
                    .isEqualTo(413);
            assertThat(read).hasValueLessThanOrEqualTo(2000);
        }

        @Test
        void isCutOffEvenWhenTheApplicationSwallowsTheException() throws Exception {
            RawHttp http = serving(io -> {
                int read = 0;
                for (int tries = 0; tries < 10; tries++) {
                    try {
                        read += io.body().readAllBytes().length;
                    } catch (IOException e) {
                        read += 0;
                    }
                }
                io.answer(200, "read " + read);
            });
            assertThat(http.sendChunked("POST", "/small", "x".repeat(50_000)).body())
                    .doesNotContain("50000");
        }
    }

    @Nested
    class AnAnswerBeforeTheBodyIsRead {

        private static final String PROMISED = "Content-Length: 1000";

        @Test
        void tellsThatTheConnectionEndsWhenItIsARefusal() throws Exception {
            RawHttp.Answer answer = serving().keptOpen("POST", "/nowhere", "", PROMISED);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
        }

        @Test
        void tellsThatTheConnectionEndsWhenItIsTheApplications() throws Exception {
            RawHttp.Answer answer = serving().keptOpen("POST", "/open", "some", PROMISED);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
        }

        @Test
        void tellsThatTheConnectionEndsWhenTheBodyComesInChunks() throws Exception {
            RawHttp.Answer answer = serving().keptOpen("POST", "/nowhere", "", "Transfer-Encoding: chunked");
            assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
        }

        @Test
        void keepsTheConnectionWhenTheApplicationReadItAll() throws Exception {
            RawHttp http = serving(io -> {
                byte[] body = io.body().readNBytes(1000);
                io.answer(200, "read " + body.length);
            });
            RawHttp.Answer answer = http.keptOpen("POST", "/open", "x".repeat(1000), PROMISED);
            assertThat(answer.body()).isEqualTo("read 1000");
            assertThat(answer.headers("Connection")).doesNotContain("close");
        }
    }

    @Nested
    class ARequestOfAnotherOrigin {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Sec-Fetch-Site: cross-site",
                    "Sec-Fetch-Site: same-site",
                    "Sec-Fetch-Site: anything",
                    "Origin: null",
                    "Origin: https://evil.example",
                    "Origin: https://shop.example.evil.example",
                    "Origin: http://shop.example",
                    "Origin: https://shop.example:8443",
                    "Origin: https://shop.example/",
                    "Origin: https://shop.example\r\nOrigin: https://evil.example",
                    "Sec-Fetch-Site: same-origin\r\nOrigin: https://evil.example",
                    "Origin: https://shop.example\r\nSec-Fetch-Site: cross-site",
                    "Authorization: Basic Bearer\r\nOrigin: null"
                })
        void changesNothing(String headers) throws Exception {
            assertThat(serving().sendBody("POST", "/open", "x", headers).status())
                    .isEqualTo(403);
            assertThat(served).hasValue(0);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Accept: */*",
                    "Sec-Fetch-Site: same-origin\r\nOrigin: https://shop.example",
                    "Sec-Fetch-Site: none",
                    "Authorization: Bearer token\r\nOrigin: https://evil.example"
                })
        void isOneOfOurOwnOtherwise(String headers) throws Exception {
            assertThat(serving().sendBody("POST", "/open", "x", headers).status())
                    .isEqualTo(200);
        }

        @Test
        void mayStillRead() throws Exception {
            assertThat(serving()
                            .send("GET", "/open", "Sec-Fetch-Site: cross-site")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Nested
    class AClientThatMisbehaves {

        @Test
        void isNotOurFailureWhenItsBodyIsMalformed() throws Exception {
            RawHttp http =
                    serving(io -> io.answer(200, Integer.toString(io.body().readAllBytes().length)));
            RawHttp.Answer answer = http.sendHalf("POST", "/open", "zz\r\nabc", "Transfer-Encoding: chunked");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(completion().error()).isNull();
        }

        @Test
        void isNotOurFailureWhenItsBodyBreaksOff() throws Exception {
            RawHttp http =
                    serving(io -> io.answer(200, Integer.toString(io.body().readAllBytes().length)));
            http.sendHalf("POST", "/open", "half", "Content-Length: 1000");
            assertThat(completion().error()).isNull();
        }

        @Test
        void isAnsweredWithTheProblemThatTheApplicationThrows() throws Exception {
            RawHttp http = serving(io -> {
                throw new ProblemException(Problem.of(409, "Conflict", "Still running."));
            });
            assertThat(http.send("GET", "/open").status()).isEqualTo(409);
            assertThat(completion().error()).isNull();
        }

        @Test
        void isAnsweredWithTheProblemThatItsFailureCarriesAndCountsAsOne() throws Exception {
            RawHttp http = serving(io -> {
                throw new IllegalStateException(new StoreDown());
            });
            RawHttp.Answer answer = http.send("GET", "/open");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("7");
            assertThat(completion().error()).hasRootCauseInstanceOf(StoreDown.class);
        }
    }

    @Nested
    class AnAnswerThatComesLater {

        @Test
        void isWholeAndEndsOnlyThen() throws Exception {
            CountDownLatch released = new CountDownLatch(1);
            CountDownLatch returned = new CountDownLatch(1);
            RawHttp http = serving(io -> {
                io.later(later -> {
                    released.await();
                    later.answer(202, "later");
                });
                returned.countDown();
            });
            var answer = elsewhere.submit(() -> http.send("GET", "/open"));
            assertThat(returned.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(completions).isEmpty();
            assertThat(pipeline().inFlight()).isEqualTo(1);
            released.countDown();
            assertThat(answer.get(10, TimeUnit.SECONDS).status()).isEqualTo(202);
            assertThat(answer.get().headers("X-Frame-Options")).containsExactly("DENY");
            assertThat(completion().status()).isEqualTo(202);
            assertThat(completions).isEmpty();
        }

        @Test
        void boundsItsBodyToo() throws Exception {
            RawHttp http = serving(io -> io.later(later -> {
                int status = 200;
                try {
                    later.body().readAllBytes();
                } catch (RequestBodyException e) {
                    status = 413;
                }
                later.answer(status, "");
            }));
            assertThat(http.sendChunked("POST", "/small", "x".repeat(5000)).status())
                    .isEqualTo(413);
        }
    }

    @Nested
    class AHeaderWithALineBreak {

        @Test
        void isRefusedFromTheExchange() throws Exception {
            RawHttp http = serving(io -> {
                io.exchange().setHeader("X-Echo", "a\r\nSet-Cookie: planted=1");
                io.answer(200, "");
            });
            RawHttp.Answer answer = http.send("GET", "/open");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }

        @Test
        void isRefusedFromTheServersOwnResponse() throws Exception {
            RawHttp http = serving(io -> {
                io.header("X-Echo", "a\r\nSet-Cookie: planted=1");
                io.answer(200, "");
            });
            RawHttp.Answer answer = http.send("GET", "/open");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }
    }

    @Nested
    class WhileShuttingDown {

        @Test
        void newRequestsAreRefusedAndThoseInProgressFinish() throws Exception {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch released = new CountDownLatch(1);
            RawHttp http = serving(io -> {
                inside.countDown();
                released.await();
                io.answer(200, "finished");
            });
            var slow = elsewhere.submit(() -> http.send("GET", "/open"));
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
            pipeline().refuseNew();
            RawHttp.Answer refused = http.exchange("GET /open HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Connection")).isEqualToIgnoringCase("close");
            assertThat(pipeline().awaitIdle(Deadline.after(Duration.ZERO))).isFalse();
            released.countDown();
            assertThat(slow.get(10, TimeUnit.SECONDS).body()).isEqualTo("finished");
            assertThat(pipeline().awaitIdle(Deadline.after(Duration.ofSeconds(10))))
                    .isTrue();
        }
    }

    Pipeline pipeline() {
        return Objects.requireNonNull(pipeline);
    }

    /** A failure that says how it is answered. */
    private static final class StoreDown extends RuntimeException implements ProblemCarrier {

        private static final long serialVersionUID = 1;

        @Override
        public Problem problem() {
            return Problem.of(503, "Store down", "Try again.").header("Retry-After", "7");
        }
    }
}
