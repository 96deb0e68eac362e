// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http.jdk;

import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.http.LingeringPlace;
import dev.gatehouse.http.Passage;
import dev.gatehouse.http.ReadTime;
import dev.gatehouse.http.ServerExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A JDK exchange as the pipeline sees it. */
final class JdkExchange implements ServerExchange {

    private static final String UNREADABLE = "*";
    private static final int NO_BODY = -1;
    private static final Logger LOG = LoggerFactory.getLogger(JdkExchange.class);
    private static final int MOST_AT_A_TIME = 8 * 1024;

    /** What has arrived is read away in this time, even when nobody may linger. */
    private static final Duration ABRUPT = Duration.ofMillis(50);

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

    /**
     * Closes the exchange, whose answer was written: now or, by a thread of {@code lingering}, when the client has sent its
     * body. The server's own close would wait for that without an end, on the thread that serves.
     */
    void close(Passage passage, Executor lingering) {
        if (whole || !committed() || !passage.leavesBodyUnread()) {
            exchange.close();
            return;
        }
        LingeringPlace place = passage.linger().orElse(null);
        if (place == null) {
            closeWithin(ABRUPT, () -> 0);
        } else {
            lingering.execute(() -> linger(place));
        }
    }

    private void linger(LingeringPlace place) {
        try (place) {
            closeWithin(place.time(), () -> readAway(exchange.getRequestBody(), place));
        }
    }

    private static int readAway(InputStream in, LingeringPlace place) throws IOException {
        byte[] away = new byte[MOST_AT_A_TIME];
        int bytes = in.read(away);
        while (bytes >= 0 && place.takes(bytes)) {
            bytes = in.read(away);
        }
        return bytes;
    }

    /** The response's stream is closed first: only that takes the connection off the server's books in any case. */
    private void closeWithin(Duration within, ReadTime.Read first) {
        try (ReadTime time = ReadTime.of(within)) {
            time.run(() -> {
                try (var out = exchange.getResponseBody()) {
                    out.flush();
                    return first.run();
                }
            });
        } catch (IOException e) {
            LOG.debug("a connection was closed while the client still sent", e);
        } finally {
            exchange.close();
        }
    }
}
