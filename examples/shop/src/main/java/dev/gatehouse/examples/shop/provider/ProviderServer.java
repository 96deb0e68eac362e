// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One provider's web server, on a free port of the loopback interface. */
final class ProviderServer implements AutoCloseable {

    private static final int MAX_BODY = 64 * 1024;
    private static final int THREADS = 8;
    private static final int WAITING = 256;

    static {
        // Without it the JDK's server waits 40 ms for an acknowledgement on every kept connection.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private ProviderServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Answers one call. */
    @FunctionalInterface
    interface Service {
        Reply answer(Call call) throws Exception;
    }

    /**
     * One call.
     *
     * @param method the request method
     * @param path the path below the provider's root
     * @param query the raw query, empty without one
     * @param body the request's body
     */
    record Call(String method, String path, String query, String body) {

        /** The value of a query parameter, empty without one. */
        String parameter(String name) {
            for (String pair : query.split("&", -1)) {
                if (pair.startsWith(name + "=")) {
                    return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
                }
            }
            return "";
        }
    }

    /**
     * What is answered.
     *
     * @param status the status code
     * @param json the body, empty for none
     */
    record Reply(int status, String json) {}

    static ProviderServer start(String name, Service service) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ExecutorService threads = threads(name);
            server.setExecutor(threads);
            server.createContext("/", exchange -> serve(exchange, service));
            server.start();
            return new ProviderServer(server, threads);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not open a socket", e);
        }
    }

    private static ExecutorService threads(String name) {
        return new ThreadPoolExecutor(
                THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    URI url() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://127.0.0.1:" + address.getPort());
    }

    private static void serve(HttpExchange exchange, Service service) throws IOException {
        try (exchange) {
            Reply reply = reply(exchange, service);
            byte[] body = reply.json().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Reply reply(HttpExchange exchange, Service service) throws IOException {
        String body = new String(exchange.getRequestBody().readNBytes(MAX_BODY), StandardCharsets.UTF_8);
        URI uri = exchange.getRequestURI();
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        try {
            return service.answer(new Call(exchange.getRequestMethod(), uri.getPath(), query, body));
        } catch (IllegalArgumentException e) {
            return new Reply(400, "{}");
        } catch (Exception e) {
            System.getLogger(ProviderServer.class.getName()).log(System.Logger.Level.ERROR, "provider failed", e);
            return new Reply(500, "{}");
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
