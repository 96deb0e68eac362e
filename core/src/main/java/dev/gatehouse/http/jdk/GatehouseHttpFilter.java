// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http.jdk;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Passage;
import dev.gatehouse.http.Pipeline;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs every request of a context of the JDK's {@code HttpServer} through a {@link Pipeline}. Add it first to the
 * context's filters. Thread-safe.
 *
 * <p>A handler may return and answer later from another thread; the request ends when the exchange or its response body
 * is closed.
 */
public final class GatehouseHttpFilter extends Filter {

    private final Pipeline pipeline;
    private final AtomicInteger lingerers = new AtomicInteger();
    private final Executor lingering = Executors.newCachedThreadPool(this::lingerer);

    /** A filter in front of everything that the pipeline's table of routes declares. */
    public GatehouseHttpFilter(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** As many as places to linger; none without work for a minute. */
    private Thread lingerer(Runnable work) {
        Thread thread = new Thread(work, "gatehouse-linger-" + lingerers.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** The exchange of a request that passed; throws for one that did not. */
    public static Exchange exchange(HttpExchange exchange) {
        if (exchange instanceof GuardedHttpExchange guarded) {
            return guarded.passage().exchange();
        }
        throw new IllegalStateException("GatehouseHttpFilter is not in front of this handler");
    }

    @Override
    public String description() {
        return "Gatehouse pipeline";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        if (exchange instanceof GuardedHttpExchange) {
            chain.doFilter(exchange);
            return;
        }
        JdkExchange server = new JdkExchange(exchange);
        Passage passage = pipeline.enter(server);
        GuardedHttpExchange guarded =
                new GuardedHttpExchange(exchange, passage, () -> server.close(passage, lingering));
        try {
            if (passage.isOpen()) {
                chain.doFilter(guarded);
            }
        } catch (Throwable e) { // an Error must not leave the application's half-written answer behind either
            passage.failed(e);
        } finally {
            passage.leave(passage.isOpen() && !guarded.handlerReturned());
        }
        if (!passage.isOpen()) {
            server.close(passage, lingering);
        }
    }
}
