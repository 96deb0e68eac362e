// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http.jdk;

import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.http.Passage;
import dev.gatehouse.http.ServerExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JDK exchange as the pipeline sees it. */
final class JdkExchange implements ServerExchange {

    private static final String UNREADABLE = "*";
    private static final int NO_BODY = -1;

    private final HttpExchange exchange;
    private boolean whole;

    JdkExchange(HttpExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public String method() {
        return exchange.getRequestMethod();
    }

    /** The raw path; unreadable when it is none, or begins with two slashes and thus was taken for a host. */
    @Override
    public String path() {
        URI uri = exchange.getRequestURI();
        boolean misread = uri.getRawAuthority() != null && uri.getScheme() == null;
        return misread || uri.getRawPath() == null ? UNREADABLE : uri.getRawPath();
    }

    @Override
    public Optional<String> query() {
        return Optional.ofNullable(exchange.getRequestURI().getRawQuery());
    }

    @Override
    public @Nullable String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    @Override
    public List<String> headers(String name) {
        List<String> lines = exchange.getRequestHeaders().get(name);
        return lines == null ? List.of() : lines;
    }

    @Override
    public InetAddress peer() {
        return exchange.getRemoteAddress().getAddress();
    }

    @Override
    public boolean understoodAs(String decoded) {
        return decoded.equals(exchange.getRequestURI().getPath());
    }

    @Override
    public void putHeader(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
    }

    @Override
    public void appendHeader(String name, String value) {
        exchange.getResponseHeaders().add(name, value);
    }

    @Override
    public int status() {
        return committed() ? exchange.getResponseCode() : 200;
    }

    @Override
    public boolean bodyFinished() {
        return false; // it does not say
    }

    @Override
    public boolean committed() {
        return exchange.getResponseCode() != -1;
    }

    @Override
    public void reset() {
        exchange.getResponseHeaders().clear();
    }

    /** Closes what was sent. */
    void close(LingeringClose closing, Passage passage) {
        if (whole) {
            exchange.close();
        } else {
            closing.close(exchange, passage);
        }
    }

    /** Sends the response, which {@link #close} ends. */
    @Override
    public void send(int status, byte[] body) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head && body.length > 0) {
            putHeader("Content-Length", Integer.toString(body.length));
        }
        if (head || body.length == 0) {
            exchange.sendResponseHeaders(status, NO_BODY);
            whole = true;
        } else {
            exchange.sendResponseHeaders(status, body.length);
            OutputStream out = exchange.getResponseBody();
            out.write(body);
            out.flush();
        }
    }
}
