// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http.jdk;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import dev.gatehouse.http.BodyBudget;
import dev.gatehouse.http.Passage;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The exchange as the handler sees it: its body is bounded, its headers are checked, and its end is known. */
final class GuardedHttpExchange extends HttpExchange {

    private static final long NO_BODY = -1;
    private static final long UNTIL_CLOSED = 0;

    private final HttpExchange exchange;
    private final Passage passage;
    private final Runnable closing;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private volatile boolean returned;
    private volatile boolean ended;

    GuardedHttpExchange(HttpExchange exchange, Passage passage, Runnable closing) {
        this.exchange = exchange;
        this.passage = passage;
        this.closing = closing;
    }

    Passage passage() {
        return passage;
    }

    /** The handler came back; whether the exchange ended before that. */
    boolean handlerReturned() {
        returned = true;
        return ended;
    }

    /** The response is whole. When the handler is still running, its return ends the passage. */
    private void end() {
        ended = true;
        if (returned) {
            passage.end();
        }
    }

    @Override
    public void sendResponseHeaders(int status, long length) throws IOException {
        exchange.getResponseHeaders().forEach(GuardedHttpExchange::check);
        passage.answering();
        boolean lingers = length == NO_BODY && mayHaveABody(status) && passage.leavesBodyUnread();
        exchange.sendResponseHeaders(status, lingers ? UNTIL_CLOSED : length);
        if (lingers) {
            close(); // without a body the server would close the connection here
        } else if (length == NO_BODY) {
            end();
        }
    }

    private boolean mayHaveABody(int status) {
        return status >= 200
                && status != 204
                && status != 304
                && !getRequestMethod().equals("HEAD");
    }

    private static void check(String name, List<String> values) {
        for (String value : values) {
            if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("header " + name + ": the value has a line break");
            }
        }
    }

    @Override
    public InputStream getRequestBody() {
        if (in == null) {
            in = new Bounded(exchange.getRequestBody(), passage.body());
        }
        return in;
    }

    @Override
    public OutputStream getResponseBody() {
        if (out == null) {
            out = new Watched(exchange.getResponseBody());
        }
        return out;
    }

    @Override
    public void setStreams(@Nullable InputStream input, @Nullable OutputStream output) {
        exchange.setStreams(input, output);
        in = input == null ? in : null;
        out = output == null ? out : null;
    }

    @Override
    public void close() {
        if (!ended) {
            closing.run();
            end();
        }
    }

    @Override
    public Headers getRequestHeaders() {
        return exchange.getRequestHeaders();
    }

    @Override
    public Headers getResponseHeaders() {
        return exchange.getResponseHeaders();
    }

    @Override
    public URI getRequestURI() {
        return exchange.getRequestURI();
    }

    @Override
    public String getRequestMethod() {
        return exchange.getRequestMethod();
    }

    @Override
    public HttpContext getHttpContext() {
        return exchange.getHttpContext();
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return exchange.getRemoteAddress();
    }

    @Override
    public int getResponseCode() {
        return exchange.getResponseCode();
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return exchange.getLocalAddress();
    }

    @Override
    public String getProtocol() {
        return exchange.getProtocol();
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return exchange.getAttribute(name);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        exchange.setAttribute(name, value);
    }

    @Override
    public @Nullable HttpPrincipal getPrincipal() {
        return exchange.getPrincipal();
    }

    /** The request's body, counted while it is read. */
    private static final class Bounded extends FilterInputStream {

        private final BodyBudget budget;

        Bounded(InputStream in, BodyBudget budget) {
            super(in);
            this.budget = budget;
        }

        @Override
        public int read() throws IOException {
            return budget.read(in);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return budget.read(in, into, from, length);
        }

        /** The server would wait for the rest of the body, on this thread; the exchange's own close does that. */
        @Override
        public void close() {
            // The rest is read away later.
        }

        /** Nothing is passed over uncounted. */
        @Override
        public long skip(long bytes) throws IOException {
            byte[] passed = new byte[(int) Math.max(0, Math.min(bytes, 2048))];
            return Math.max(0, passed.length == 0 ? 0 : read(passed, 0, passed.length));
        }

        @Override
        public boolean markSupported() {
            return false; // what is read twice would be counted twice
        }
    }

    /** The response's body, whose closing ends the exchange. */
    private final class Watched extends FilterOutputStream {

        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            if (!ended && getResponseCode() != -1 && passage.leavesBodyUnread()) {
                GuardedHttpExchange.this.close();
                return;
            }
            try {
                out.close();
            } finally {
                end();
            }
        }
    }
}
