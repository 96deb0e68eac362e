// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http.servlet;

import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.LingeringPlace;
import dev.gatehouse.http.Passage;
import dev.gatehouse.http.Pipeline;
import dev.gatehouse.http.Problems;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs every request of a servlet application through a {@link Pipeline}. Register it first, for {@code /*}, for the
 * dispatcher types REQUEST and ASYNC, and with asynchronous processing supported. Forwards, includes and error dispatches
 * within the application do not pass again. Thread-safe.
 *
 * <p>What the application sends with {@code sendError} becomes a problem of that status. An asynchronous request that
 * is not answered within its route's deadline is answered 503. A form or multipart body that the server is to parse must
 * announce its length, for its bound is checked by that: 411 otherwise.
 */
public final class GatehouseFilter implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(GatehouseFilter.class);
    private static final String PASSAGE = GatehouseFilter.class.getName();

    private final Pipeline pipeline;

    /** A filter in front of everything that the pipeline's table of routes declares. */
    public GatehouseFilter(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** The exchange of a request that passed; throws for one that did not. */
    public static Exchange exchange(ServletRequest request) {
        if (request.getAttribute(PASSAGE) instanceof Passage passage) {
            return passage.exchange();
        }
        throw new IllegalStateException("GatehouseFilter is not in front of this servlet");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getAttribute(PASSAGE) instanceof Passage passage) {
            again(passage, request, response, chain);
        } else if (request instanceof HttpServletRequest http && response instanceof HttpServletResponse answer) {
            first(http, answer, chain);
        } else {
            throw new ServletException("GatehouseFilter guards HTTP only");
        }
    }

    private void first(HttpServletRequest http, HttpServletResponse answer, FilterChain chain) throws IOException {
        ServletExchange server = new ServletExchange(http, answer);
        Passage passage = pipeline.enter(server);
        http.setAttribute(PASSAGE, passage);
        GuardedRequest request = new GuardedRequest(http, server, passage, new End(passage));
        try {
            if (passage.isOpen()) {
                server.applicationRuns(passage);
                chain.doFilter(request, server);
            }
        } catch (Throwable e) { // an Error must not leave the application's half-written answer behind either
            request.giveUp(passage.failed(e));
        } finally {
            passage.leave(request.goesOnLater() && passage.isOpen());
        }
        if (!request.goesOnLater() && !waitsToBeAsked(http, passage)) {
            passage.linger().ifPresent(place -> LingeringClose.begin(http, answer, place));
        }
    }

    /** Reading would ask the client for the body that it holds back. */
    private static boolean waitsToBeAsked(HttpServletRequest http, Passage passage) {
        return http.getHeader("Expect") != null && passage.body().isUntouched();
    }

    private static void again(Passage passage, ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getDispatcherType() != DispatcherType.ASYNC) {
            chain.doFilter(request, response);
            return;
        }
        passage.resume();
        try {
            if (passage.isOpen()) {
                chain.doFilter(request, response);
            }
        } catch (Throwable e) { // as above
            passage.failed(e);
        } finally {
            passage.leave(passage.isOpen()); // a server that cuts the connection tells no listener of the end
        }
    }

    /** Learns of the true end of an asynchronous request. */
    private record End(Passage passage) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            passage.end();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            finish(event.getAsyncContext(), passage.replace(Problems.timedOut()));
        }

        @Override
        public void onError(AsyncEvent event) {
            finish(event.getAsyncContext(), passage.failed(event.getThrowable()));
        }

        /** Completing an answer that was already on its way would make it look whole: it goes back to {@link #again}. */
        private static void finish(AsyncContext context, boolean answered) {
            if (answered) {
                context.complete();
            } else {
                context.dispatch();
            }
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // The request adds a listener whenever it goes asynchronous.
        }
    }

    /** Reads away what a client still sends after its answer. Holds a connection, and a thread only while bytes are there. */
    private static final class LingeringClose implements ReadListener, AsyncListener {

        private static final int MOST_AT_A_TIME = 8 * 1024;

        private final LingeringPlace place;
        private final AsyncContext context;
        private final ServletInputStream in;

        private LingeringClose(LingeringPlace place, AsyncContext context, ServletInputStream in) {
            this.place = place;
            this.context = context;
            this.in = in;
        }

        /** Ends the response now, and the request when its body is read away, or now too where the server cannot wait. */
        static void begin(HttpServletRequest request, ServletResponse response, LingeringPlace place) {
            try {
                end(response);
                if (request.isAsyncSupported() && !request.isAsyncStarted()) {
                    linger(request, response, place);
                } else {
                    place.close();
                }
            } catch (IOException | RuntimeException e) { // the client is gone, or somebody else ended the request
                LOG.debug("a connection does not linger", e);
                place.close();
            }
        }

        private static void end(ServletResponse response) throws IOException {
            try {
                response.getOutputStream().close();
            } catch (IllegalStateException e) { // the application took the writer
                response.getWriter().close();
            }
        }

        private static void linger(HttpServletRequest request, ServletResponse response, LingeringPlace place)
                throws IOException {
            ServletInputStream in = request.getInputStream();
            AsyncContext context = request.startAsync(request, response);
            LingeringClose close = new LingeringClose(place, context, in);
            try {
                context.setTimeout(place.time().toMillis());
                context.addListener(close);
                in.setReadListener(close);
            } catch (RuntimeException e) { // the application reads without blocking itself
                context.complete();
                throw e;
            }
        }

        @Override
        public void onDataAvailable() throws IOException {
            byte[] away = new byte[MOST_AT_A_TIME];
            while (in.isReady() && !in.isFinished()) {
                if (!place.takes(Math.max(0, in.read(away)))) {
                    context.complete();
                    return;
                }
            }
        }

        @Override
        public void onAllDataRead() {
            context.complete();
        }

        @Override
        public void onError(Throwable failure) {
            context.complete();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            context.complete();
        }

        @Override
        public void onError(AsyncEvent event) {
            context.complete();
        }

        @Override
        public void onComplete(AsyncEvent event) {
            place.close();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // It is begun once.
        }
    }
}
