// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.context.RequestContext;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class PipelineTest {

    private static final Routes ROUTES = Routes.of(
            Route.get("/open").access(Access.anyone()),
            Route.post("/open").access(Access.anyone()),
            Route.get("/member").access(Access.signedIn()),
            Route.get("/strange").access(Access.anyone().withFactor()),
            Route.get("/quick").access(Access.anyone()).deadline(Duration.ofSeconds(1)));

    private final List<String> journal = new ArrayList<>();
    private final List<Completion> completions = new ArrayList<>();

    /** Writes down what happens to it. */
    private class Step implements Interceptor {

        private final String name;
        private final Phase phase;

        Step(String name, Phase phase) {
            this.name = name;
            this.phase = phase;
        }

        @Override
        public Phase phase() {
            return phase;
        }

        @Override
        public Verdict before(Exchange exchange) {
            journal.add("+" + name);
            return Verdict.proceed();
        }

        @Override
        public void after(Exchange exchange, Completion completion) {
            journal.add("-" + name);
            completions.add(completion);
        }
    }

    private static Pipeline pipeline(Interceptor... interceptors) {
        return pipeline(PipelineSettings.defaults(), interceptors);
    }

    private static Pipeline pipeline(PipelineSettings settings, Interceptor... interceptors) {
        return new Pipeline(ROUTES, List.of(interceptors), settings);
    }

    private static FakeServer get(String path) {
        return new FakeServer("GET", path);
    }

    @Nested
    class TheOrder {

        @Test
        void isThatOfThePhasesAndThenOfRegistrationAndAfterwardsTheReverse() throws IOException {
            Pipeline pipeline = pipeline(
                    new Step("access", Phase.ACCESS),
                    new Step("account", Phase.ACCOUNT),
                    new Step("edge1", Phase.EDGE),
                    new Step("observe", Phase.OBSERVE),
                    new Step("edge2", Phase.EDGE),
                    new Step("identity", Phase.IDENTITY),
                    new Step("context", Phase.CONTEXT));
            pipeline.enter(get("/open")).leave(false);
            assertThat(journal)
                    .containsExactly(
                            "+context",
                            "+observe",
                            "+edge1",
                            "+edge2",
                            "+identity",
                            "+account",
                            "+access",
                            "-access",
                            "-account",
                            "-identity",
                            "-edge2",
                            "-edge1",
                            "-observe",
                            "-context");
        }

        @Test
        void measuresAndLimitsWhatMatchesNoRouteButIdentifiesNobody() throws IOException {
            Pipeline pipeline = pipeline(
                    new Step("observe", Phase.OBSERVE),
                    new Step("edge", Phase.EDGE),
                    new Step("identity", Phase.IDENTITY));
            FakeServer server = get("/nowhere");
            pipeline.enter(server).leave(false);
            assertThat(server.status).isEqualTo(404);
            assertThat(journal).containsExactly("+observe", "+edge", "-edge", "-observe");
            assertThat(completions).allMatch(completion -> completion.status() == 404);
        }

        @Test
        void endsWithTheFirstThatAnswers() throws IOException {
            Step refusing = new Step("edge", Phase.EDGE) {
                @Override
                public Verdict before(Exchange exchange) {
                    super.before(exchange);
                    return Verdict.answer(Problem.of(429, "Slow down", "").header("Retry-After", "7"));
                }
            };
            FakeServer server = get("/open");
            Passage passage = pipeline(new Step("observe", Phase.OBSERVE), refusing, new Step("account", Phase.ACCOUNT))
                    .enter(server);
            assertThat(passage.isOpen()).isFalse();
            passage.leave(false);
            assertThat(server.status).isEqualTo(429);
            assertThat(server.sent("Retry-After")).isEqualTo("7");
            assertThat(journal).containsExactly("+observe", "+edge", "-edge", "-observe");
        }
    }

    @Nested
    class TheEnd {

        @Test
        void isToldEvenWhenAnotherStepThrowsOnHearingOfIt() throws IOException {
            Step throwing = new Step("bad", Phase.EDGE) {
                @Override
                public void after(Exchange exchange, Completion completion) {
                    throw new AssertionError("broken");
                }
            };
            Pipeline pipeline = pipeline(new Step("observe", Phase.OBSERVE), throwing, new Step("edge", Phase.EDGE));
            pipeline.enter(get("/open")).leave(false);
            assertThat(journal).containsExactly("+observe", "+bad", "+edge", "-edge", "-observe");
            assertThat(pipeline.inFlight()).isZero();
        }

        @Test
        void isToldOnceHoweverOftenItIsAnnounced() throws IOException {
            Pipeline pipeline = pipeline(new Step("observe", Phase.OBSERVE));
            Passage passage = pipeline.enter(get("/open"));
            passage.leave(true);
            assertThat(journal).containsExactly("+observe");
            passage.end();
            passage.end();
            assertThat(journal).containsExactly("+observe", "-observe");
            assertThat(pipeline.inFlight()).isZero();
        }

        @Test
        void comesWithinTheRequestsContextOnWhicheverThread() throws Exception {
            List<String> ids = new ArrayList<>();
            Step recording = new Step("observe", Phase.OBSERVE) {
                @Override
                public void after(Exchange exchange, Completion completion) {
                    ids.add(RequestContext.current().requestId().orElse("none"));
                }
            };
            Passage passage = pipeline(recording).enter(get("/open").with("X-Request-Id", "mine"));
            passage.leave(true);
            elsewhere(passage::end);
            assertThat(ids).containsExactly("mine");
        }

        @Test
        void tellsTheElapsedTimeOfTheSettingsTicker() throws IOException {
            long[] nanos = {100};
            PipelineSettings settings =
                    PipelineSettings.builder().ticker(() -> nanos[0]).build();
            Passage passage =
                    pipeline(settings, new Step("observe", Phase.OBSERVE)).enter(get("/open"));
            nanos[0] = 350;
            passage.leave(false);
            assertThat(completions.get(0).elapsedNanos()).isEqualTo(250);
        }
    }

    private static void elsewhere(Runnable work) throws InterruptedException, ExecutionException {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        thread.submit(work).get();
        thread.shutdown();
        assertThat(thread.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Nested
    class TheContext {

        @Test
        void isRestoredExactly() throws IOException {
            RequestContext outer = RequestContext.NONE.withRequestId("outer").withAccount("a-1");
            RequestContext.Scope scope = outer.open();
            try {
                Passage passage = pipeline().enter(get("/open").with("X-Request-Id", "inner"));
                assertThat(RequestContext.current()).isSameAs(passage.exchange().context());
                assertThat(MDC.get("http.request.id")).isEqualTo("inner");
                assertThat(MDC.get("user.id")).isNull();
                passage.exchange().context(passage.exchange().context().withAccount("a-2"));
                assertThat(MDC.get("user.id")).isEqualTo("a-2");
                passage.leave(false);
                assertThat(RequestContext.current()).isSameAs(outer);
                assertThat(MDC.get("http.request.id")).isEqualTo("outer");
                assertThat(MDC.get("user.id")).isEqualTo("a-1");
            } finally {
                scope.close();
            }
        }

        @Test
        void isRestoredWhenAGuardThrew() throws IOException {
            Pipeline pipeline = pipeline(failing(Phase.CONTEXT, new IllegalStateException("no")));
            pipeline.enter(get("/open")).leave(false);
            assertThat(RequestContext.current()).isSameAs(RequestContext.NONE);
            assertThat(MDC.get("http.request.id")).isNull();
        }

        @Test
        void isLeftAloneByAThreadThatDoesNotServeTheRequest() throws Exception {
            Passage passage = pipeline().enter(get("/open"));
            Exchange exchange = passage.exchange();
            List<RequestContext> seen = new ArrayList<>();
            elsewhere(() -> {
                exchange.context(exchange.context().withAccount("a-3"));
                seen.add(RequestContext.current());
            });
            passage.leave(false);
            assertThat(seen).containsExactly(RequestContext.NONE);
            assertThat(exchange.context().account()).contains("a-3");
        }

        @Test
        void hasTheRoutesDeadline() throws IOException {
            assertThat(remaining(get("/quick"))).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
        }

        @Test
        void hasTheCallersDeadlineWhenThatIsSooner() throws IOException {
            assertThat(remaining(get("/quick").with("X-Request-Timeout-Ms", "50")))
                    .isLessThanOrEqualTo(Duration.ofMillis(50));
            assertThat(remaining(get("/quick").with("X-Request-Timeout-Ms", "0")))
                    .isZero();
        }

        @Test
        void neverHasALaterDeadlineThanTheRoutes() throws IOException {
            for (String asked : List.of("5000", "99999999999999999999", "-1", "1e9", "", " 10", "0x10", "٣")) {
                assertThat(remaining(get("/quick").with("X-Request-Timeout-Ms", asked)))
                        .as(asked)
                        .isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
            }
        }

        private Duration remaining(FakeServer server) throws IOException {
            Passage passage = pipeline().enter(server);
            Duration remaining =
                    passage.exchange().context().deadline().orElseThrow().remaining();
            passage.leave(false);
            return remaining;
        }

        @Test
        void continuesTheCallersTrace() throws IOException {
            String trace = "0af7651916cd43dd8448eb211c80319c";
            Passage passage =
                    pipeline().enter(get("/open").with("traceparent", "00-" + trace + "-b7ad6b7169203331-01"));
            assertThat(passage.exchange().context().trace().orElseThrow().traceId())
                    .isEqualTo(trace);
            passage.leave(false);
        }
    }

    private static Interceptor failing(Phase phase, Throwable failure) {
        return new Interceptor() {
            @Override
            public Phase phase() {
                return phase;
            }

            @Override
            public Verdict before(Exchange exchange) {
                throw PipelineTest.<RuntimeException>sneaky(failure);
            }
        };
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T sneaky(Throwable failure) throws T {
        throw (T) failure;
    }

    @Nested
    class AFailure {

        @Test
        void ofAGuardClosesThePassageWhateverIsThrown() throws IOException {
            for (Throwable failure : List.of(
                    new IllegalStateException("a"),
                    new IOException("checked and undeclared"),
                    new AssertionError("b"),
                    new StackOverflowError(),
                    new NoClassDefFoundError("c"))) {
                FakeServer server = get("/open");
                Passage passage = pipeline(failing(Phase.EDGE, failure)).enter(server);
                assertThat(passage.isOpen()).as(failure.toString()).isFalse();
                assertThat(server.status).isEqualTo(500);
                passage.leave(false);
            }
        }

        @Test
        void ofTheVirtualMachineIsAnsweredAndThenPassedOn() {
            FakeServer server = get("/open");
            Passage passage = pipeline(
                            new Step("observe", Phase.OBSERVE), failing(Phase.EDGE, new OutOfMemoryError("heap")))
                    .enter(server);
            assertThatThrownBy(() -> passage.leave(false)).isInstanceOf(OutOfMemoryError.class);
            assertThat(server.status).isEqualTo(500);
            assertThat(journal).containsExactly("+observe", "-observe");
            assertThat(RequestContext.current()).isSameAs(RequestContext.NONE);
        }

        @Test
        void toAnswerClosesThePassageAndCutsTheConnection() {
            FakeServer server = get("/nowhere");
            server.gone = true;
            Passage passage = pipeline(new Step("observe", Phase.OBSERVE)).enter(server);
            assertThat(passage.isOpen()).isFalse();
            assertThatThrownBy(() -> passage.leave(false)).isInstanceOf(IOException.class);
            assertThat(journal).containsExactly("+observe", "-observe");
        }

        @Test
        void ofTheRendererIsAnsweredAsJson() throws IOException {
            PipelineSettings settings = PipelineSettings.builder()
                    .problemRenderer((exchange, problem) -> {
                        throw new IllegalStateException("template missing");
                    })
                    .build();
            FakeServer server = get("/nowhere");
            pipeline(settings).enter(server).leave(false);
            assertThat(server.status).isEqualTo(404);
            assertThat(server.body).contains("\"status\":404");
        }

        @Test
        void ofTheRendererWithAnErrorIsAnsweredAsJsonToo() throws IOException {
            PipelineSettings settings = PipelineSettings.builder()
                    .problemRenderer((exchange, problem) -> {
                        throw new StackOverflowError("a template that includes itself");
                    })
                    .build();
            Pipeline pipeline = pipeline(settings);
            FakeServer server = get("/nowhere");
            pipeline.enter(server).leave(false);
            assertThat(server.status).isEqualTo(404);
            assertThat(server.body).contains("\"status\":404");
            assertThat(pipeline.inFlight()).isZero();
        }

        @Test
        void ofTheMatchingItselfIsNoWayThrough() throws IOException {
            FakeServer server = new FakeServer("GET", "/open") {
                @Override
                public @Nullable String header(String name) {
                    throw new IllegalStateException("the server broke");
                }
            };
            Passage passage = pipeline().enter(server);
            assertThat(passage.isOpen()).isFalse();
            assertThat(server.status).isEqualTo(500);
            passage.leave(false);
        }
    }

    @Nested
    class AProtectedRoute {

        @Test
        void answers401ToNobodyAnd403ToSomebody() throws IOException {
            assertThat(answered(get("/member"), pipeline()).status).isEqualTo(401);
            Step known = new Step("identity", Phase.IDENTITY) {
                @Override
                public Verdict before(Exchange exchange) {
                    exchange.context(exchange.context().withAccount("a-1"));
                    return Verdict.proceed();
                }
            };
            assertThat(answered(get("/member"), pipeline(known)).status).isEqualTo(403);
        }

        @Test
        void isNotOpenToAnyoneWhenItHasAConditionOnTop() throws IOException {
            assertThat(answered(get("/strange"), pipeline()).status).isEqualTo(401);
        }

        @Test
        void isRefusedWhenTheServerUnderstandsAnotherPath() throws IOException {
            FakeServer server = get("/open");
            server.understood = false;
            assertThat(answered(server, pipeline()).status).isEqualTo(400);
        }

        private FakeServer answered(FakeServer server, Pipeline pipeline) throws IOException {
            Passage passage = pipeline.enter(server);
            assertThat(passage.isOpen()).isFalse();
            passage.leave(false);
            return server;
        }
    }

    @Nested
    class TheSecurityHeaders {

        @Test
        void allowNoScriptUntilANonceIsAskedFor() throws IOException {
            FakeServer server = get("/open");
            Passage passage = pipeline().enter(server);
            assertThat(server.sent("Content-Security-Policy"))
                    .contains("script-src;")
                    .doesNotContain("nonce");
            String nonce = passage.exchange().attribute(ContentSecurityPolicy.NONCE);
            assertThat(nonce).hasSize(22);
            assertThat(passage.exchange().attribute(ContentSecurityPolicy.NONCE))
                    .isEqualTo(nonce);
            assertThat(server.sent("Content-Security-Policy")).contains("script-src 'nonce-" + nonce + "'");
            passage.leave(false);
        }

        @Test
        void surviveAFailureOnceEachAsTheGuardsLeftThem() throws IOException {
            Step caching = new Step("edge", Phase.EDGE) {
                @Override
                public Verdict before(Exchange exchange) {
                    exchange.setHeader("cache-control", "private");
                    exchange.addHeader("Vary", "Cookie");
                    exchange.addHeader("vary", "Accept");
                    exchange.setHeader("RateLimit", "old");
                    exchange.setHeader("ratelimit", "new");
                    return Verdict.proceed();
                }
            };
            FakeServer server = get("/open");
            Passage passage = pipeline(caching).enter(server);
            String nonce = passage.exchange().attribute(ContentSecurityPolicy.NONCE);
            passage.exchange().setHeader("Location", "/elsewhere");
            passage.failed(new IllegalStateException("boom"));
            passage.leave(false);
            assertThat(server.responseHeaders)
                    .containsEntry("Vary", List.of("Cookie", "Accept"))
                    .containsEntry("RateLimit", List.of("new"))
                    .containsEntry("Cache-Control", List.of("no-store"))
                    .containsEntry("X-Content-Type-Options", List.of("nosniff"))
                    .doesNotContainKey("Location");
            assertThat(server.sent("Content-Security-Policy")).contains("'nonce-" + nonce + "'");
        }

        @Test
        void haveAnotherNonceEachTime() throws IOException {
            assertThat(nonce()).isNotEqualTo(nonce());
        }

        private @Nullable String nonce() throws IOException {
            Passage passage = pipeline().enter(get("/open"));
            String nonce = passage.exchange().attribute(ContentSecurityPolicy.NONCE);
            passage.leave(false);
            return nonce;
        }

        @Test
        void demandHttpsOnlyWhenConfigured() throws IOException {
            FakeServer plain = get("/open");
            pipeline().enter(plain).leave(false);
            assertThat(plain.sent("Strict-Transport-Security")).isNull();
            FakeServer strict = get("/open");
            pipeline(PipelineSettings.builder().hsts(Duration.ofDays(365)).build())
                    .enter(strict)
                    .leave(false);
            assertThat(strict.sent("Strict-Transport-Security")).isEqualTo("max-age=31536000; includeSubDomains");
        }
    }

    @Nested
    class AHeader {

        @Test
        void thatCouldSplitTheResponseIsRefused() throws IOException {
            Passage passage = pipeline().enter(get("/open"));
            Exchange exchange = passage.exchange();
            for (String text : List.of("a\r\nb", "a\nb", "a\rb", "a\u0000b", "a\u007fb", "\u010a")) {
                assertThatThrownBy(() -> exchange.setHeader("X-A", text)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> exchange.addHeader("X-A", text)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> exchange.setHeader(text, "a")).isInstanceOf(IllegalArgumentException.class);
            }
            passage.leave(false);
        }
    }

    @Nested
    class TheSettings {

        @Test
        void nameEveryWrongValueAtOnce() {
            PipelineSettings.Builder builder = PipelineSettings.builder()
                    .publicOrigin(URI.create("https://shop.example/path"))
                    .publicOrigin(URI.create("shop.example"))
                    .hsts(Duration.ofMinutes(5));
            assertThatThrownBy(builder::build)
                    .hasMessageContainingAll("https://shop.example/path", "'shop.example'", "PT5M", "at least a day");
        }

        @Test
        void compareOriginsAsBrowsersWriteThem() {
            PipelineSettings settings = PipelineSettings.builder()
                    .publicOrigin(URI.create("HTTPS://Shop.Example:443/"))
                    .publicOrigin(URI.create("http://localhost:8080"))
                    .build();
            assertThat(settings.publicOrigins())
                    .containsExactlyInAnyOrder("https://shop.example", "http://localhost:8080");
        }
    }

    @Nested
    class Draining {

        @Test
        void waitsForWhatIsInProgressAndNoLonger() throws Exception {
            Pipeline pipeline = pipeline();
            Passage slow = pipeline.enter(get("/open"));
            slow.leave(true);
            pipeline.refuseNew();
            FakeServer late = get("/open");
            pipeline.enter(late).leave(false);
            assertThat(late.status).isEqualTo(503);
            assertThat(late.sent("Connection")).isEqualTo("close");
            assertThat(pipeline.awaitIdle(Deadline.after(Duration.ZERO))).isFalse();
            elsewhere(slow::end);
            assertThat(pipeline.awaitIdle(Deadline.after(Duration.ofSeconds(10))))
                    .isTrue();
        }
    }
}
