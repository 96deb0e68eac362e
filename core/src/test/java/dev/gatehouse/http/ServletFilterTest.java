// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.context.RequestContext;
import dev.gatehouse.http.servlet.GatehouseFilter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is particular to servlets: forms, writers, sendError, dispatches and asynchronous ends. */
class ServletFilterTest {

    private static final Routes ROUTES = Routes.of(
            Route.post("/form").access(Access.anyone()).bodyLimit(100),
            Route.get("/form").access(Access.anyone()),
            Route.get("/brief").access(Access.anyone()).deadline(Duration.ofMillis(200)));
    private static final String[] FORM = {"Content-Type: application/x-www-form-urlencoded"};

    private final BlockingQueue<Completion> completions = new LinkedBlockingQueue<>();
    private OverSockets.@Nullable Running running;

    @FunctionalInterface
    private interface Serve {
        void serve(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    private RawHttp serving(Serve serve) throws Exception {
        Interceptor watch = new Interceptor() {
            @Override
            public Phase phase() {
                return Phase.OBSERVE;
            }

            @Override
            public void after(Exchange exchange, Completion completion) {
                completions.add(completion);
            }
        };
        Pipeline pipeline = new Pipeline(ROUTES, List.of(watch), PipelineSettings.defaults());
        running = JettyServer.start(new GatehouseFilter(pipeline), new HttpServlet() {
            private static final long serialVersionUID = 1;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response)
                    throws ServletException, IOException {
                serve.serve(request, response);
            }
        });
        return new RawHttp(running.port());
    }

    private Completion completion() throws InterruptedException {
        return Objects.requireNonNull(completions.poll(10, TimeUnit.SECONDS));
    }

    @AfterEach
    void stop() throws Exception {
        if (running != null) {
            running.server().close();
        }
    }

    @Test
    void readsAFormUnderTheBound() throws Exception {
        RawHttp http = serving((request, response) -> response.getWriter().write(request.getParameter("a")));
        assertThat(http.sendBody("POST", "/form?b=2", "a=one", FORM).body()).isEqualTo("one");
    }

    @Test
    void refusesAFormThatIsTooLarge() throws Exception {
        RawHttp http = serving((request, response) -> response.getWriter().write(request.getParameter("a")));
        assertThat(http.sendBody("POST", "/form", "a=" + "x".repeat(200), FORM).status())
                .isEqualTo(413);
    }

    @Test
    void refusesAFormWithoutALengthWhicheverWayItIsAsked() throws Exception {
        RawHttp http = serving((request, response) -> {
            switch (request.getHeader("X-How")) {
                case "one" -> request.getParameter("a");
                case "values" -> request.getParameterValues("a");
                case "names" -> request.getParameterNames();
                case "part" -> request.getPart("a");
                case "parts" -> request.getParts();
                default -> request.getParameterMap();
            }
            response.getWriter().write("read");
        });
        for (String how : List.of("one", "values", "names", "map", "part", "parts")) {
            assertThat(http.sendChunked("POST", "/form", "a=" + "x".repeat(5000), FORM[0], "X-How: " + how)
                            .status())
                    .as(how)
                    .isEqualTo(411);
        }
    }

    @Test
    void boundsTheReaderToo() throws Exception {
        RawHttp http = serving((request, response) ->
                response.getWriter().write(String.valueOf(request.getReader().readLine())));
        assertThat(http.sendChunked("POST", "/form", "x".repeat(90)).body()).contains("x".repeat(90));
        assertThat(http.sendChunked("POST", "/form", "x".repeat(200)).status()).isEqualTo(413);
    }

    @Test
    void answers400ForABodyInACharsetThatNobodyKnows() throws Exception {
        RawHttp http = serving((request, response) ->
                response.getWriter().write(String.valueOf(request.getReader().readLine())));
        assertThat(http.sendChunked("POST", "/form", "text", "Content-Type: text/plain;charset=ascii")
                        .status())
                .isEqualTo(200);
        assertThat(http.sendChunked("POST", "/form", "text", "Content-Type: text/plain;charset=bogus")
                        .status())
                .isEqualTo(400);
        assertThat(completion().error()).isNull();
    }

    @Test
    void answers400ForAMalformedQuery() throws Exception {
        RawHttp http =
                serving((request, response) -> response.getWriter().write(String.valueOf(request.getParameter("a"))));
        assertThat(http.send("GET", "/form?a=%zz").status()).isEqualTo(400);
        assertThat(completion().error()).isNull();
    }

    @Test
    void replacesWhatAWriterHadBegun() throws Exception {
        RawHttp http = serving((request, response) -> {
            response.getWriter().write("half a page");
            throw new IllegalStateException("boom");
        });
        RawHttp.Answer answer = http.send("GET", "/form");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("half a page").endsWith("}");
    }

    @Test
    void makesAProblemOfSendError() throws Exception {
        RawHttp http = serving((request, response) -> response.sendError(418, "short and stout"));
        RawHttp.Answer answer = http.send("GET", "/form");
        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.headers("X-Frame-Options")).hasSize(1);
        assertThat(answer.body()).doesNotContain("Jetty", "<html", "stout");
    }

    @Test
    void doesNotPassTheGuardsAgainOnAForward() throws Exception {
        RawHttp http = serving((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.FORWARD) {
                response.getWriter().write("forwarded");
            } else {
                request.getRequestDispatcher("/inner").forward(request, response);
            }
        });
        assertThat(http.send("GET", "/form").body()).isEqualTo("forwarded");
        completion();
        assertThat(completions).isEmpty();
    }

    @Test
    void keepsTheContextOnAnAsynchronousDispatch() throws Exception {
        RawHttp http = serving((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                response.getWriter().write(RequestContext.current().requestId().orElse("none"));
            } else {
                request.startAsync().dispatch();
            }
        });
        assertThat(http.send("GET", "/form", "X-Request-Id: same").body()).isEqualTo("same");
        assertThat(completion().status()).isEqualTo(200);
        assertThat(completions).isEmpty();
    }

    @Test
    void boundsTheBodyAfterAnAsynchronousDispatch() throws Exception {
        RawHttp http = serving((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                response.getWriter().write("read " + request.getInputStream().readAllBytes().length);
            } else {
                request.startAsync().dispatch();
            }
        });
        assertThat(http.sendChunked("POST", "/form", "x".repeat(200)).status()).isEqualTo(413);
    }

    @Test
    void answersWhenAnAsynchronousDispatchFails() throws Exception {
        RawHttp http = serving((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                throw new IllegalStateException("late boom");
            }
            request.startAsync().dispatch();
        });
        RawHttp.Answer answer = http.send("GET", "/form");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).doesNotContain("late boom");
        assertThat(completion().error()).hasMessage("late boom");
    }

    @Test
    void endsAtOnceWhenItFailsAfterGoingAsynchronous() throws Exception {
        RawHttp http = serving((request, response) -> {
            request.startAsync().setTimeout(0);
            throw new IllegalStateException("changed my mind");
        });
        assertThat(http.send("GET", "/form").status()).isEqualTo(500);
        assertThat(completion().error()).hasMessage("changed my mind");
        assertThat(completions).isEmpty();
    }

    @Test
    void answersWhenNothingCameWithinTheDeadline() throws Exception {
        RawHttp http = serving((request, response) -> request.startAsync());
        RawHttp.Answer answer = http.send("GET", "/brief");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.headers("X-Request-Id")).hasSize(1);
        assertThat(completion().status()).isEqualTo(503);
    }

    @Test
    void cutsOffAnAnswerThatStalledOnItsWay() throws Exception {
        RawHttp http = serving((request, response) -> {
            AsyncContext context = request.startAsync();
            context.getResponse().getOutputStream().print("half");
            context.getResponse().flushBuffer();
        });
        RawHttp.Answer answer = http.getUntilCut("/brief");
        assertThat(answer.header("Transfer-Encoding")).isEqualToIgnoringCase("chunked");
        assertThat(answer.whole()).isFalse();
        completion();
        assertThat(completions).isEmpty();
    }

    @Test
    void findsTheExchangeThroughWrappers() throws Exception {
        RawHttp http = serving((request, response) -> response.getWriter()
                .write(GatehouseFilter.exchange(new ServletRequestWrapper(new HttpServletRequestWrapper(request)))
                        .route()
                        .template()));
        assertThat(http.send("GET", "/form").body()).isEqualTo("/form");
    }
}
