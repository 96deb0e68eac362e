// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http.servlet;

import dev.gatehouse.http.LingeringPlace;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads away what a client still sends after its answer. Holds a connection, and a thread only while bytes are there. */
final class LingeringClose implements ReadListener, AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(LingeringClose.class);
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
