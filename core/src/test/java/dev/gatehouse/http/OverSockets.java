// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A pipeline on a real server, asked over real sockets: the ground of every contract of adapters. */
abstract class OverSockets {

    private static final Access OPEN = Access.anyone();
    private static final int MUCH = 4 << 20;
    private static final Routes ROUTES = Routes.of(
            Route.get("/").access(OPEN),
            Route.get("/open").access(OPEN),
            Route.post("/open").access(OPEN),
            Route.get("/open/{name}").access(OPEN),
            Route.post("/small").access(OPEN).bodyLimit(2000),
            Route.post("/big").access(OPEN).bodyLimit(MUCH),
            Route.post("/hurry").access(OPEN).bodyLimit(MUCH).deadline(Duration.ofMillis(300)),
            Route.get("/admin").access(Access.permission("admin")),
            Route.post("/admin").access(Access.permission("admin")).bodyLimit(MUCH),
            Route.get("/forgotten"));

    final List<Interceptor> interceptors = new ArrayList<>();
    final AtomicInteger served = new AtomicInteger();
    final BlockingQueue<Completion> completions = new LinkedBlockingQueue<>();
    final ExecutorService elsewhere = Executors.newCachedThreadPool();
    private final Host host;
    Lingering lingering = Lingering.DEFAULT;
    private App app = io -> io.answer(200, "hello");
    private @Nullable AutoCloseable server;
    private @Nullable Pipeline pipeline;

    OverSockets(Host host) {
        this.host = host;
    }

    /** A kind of server. */
    @FunctionalInterface
    interface Host {
        /** Serves {@code app} behind {@code pipeline} on a free port of loopback. */
        Running start(Pipeline pipeline, App app, ExecutorService elsewhere) throws Exception;
    }

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
                        .lingering(lingering)
                        .build());
        Running running = host.start(
                pipeline,
                io -> {
                    served.incrementAndGet();
                    app.serve(io);
                },
                elsewhere);
        server = running.server();
        return new RawHttp(running.port());
    }

    final RawHttp serving(App how) throws Exception {
        app = how;
        return serving();
    }

    final Pipeline pipeline() {
        return Objects.requireNonNull(pipeline);
    }

    final Completion completion() throws InterruptedException {
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

    static Interceptor before(Phase phase, Function<Exchange, Verdict> step) {
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
}
