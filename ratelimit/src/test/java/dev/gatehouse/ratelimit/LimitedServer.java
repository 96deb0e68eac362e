// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.http.Access;
import dev.gatehouse.http.ClientAddress;
import dev.gatehouse.http.PipelineSettings;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import dev.gatehouse.http.jdk.GatehouseHttpFilter;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real server on the loopback address whose one route is limited, and a client that sends whole header lines. */
final class LimitedServer implements AutoCloseable {

    static final Route ROUTE = Route.get("/x").access(Access.anyone()).limitGroup("g");

    private static final int PATIENCE_MILLIS = 10_000;

    private final Gatehouse house;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    LimitedServer(RateLimits limits, ClientAddress clients) throws IOException {
        Routes routes = Routes.of(ROUTE);
        house = Gatehouse.builder()
                .routes(routes)
                .gates(new RateLimitGate(limits, routes))
                .pipeline(PipelineSettings.builder().clientAddress(clients).build())
                .build();
        house.start();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                })
                .getFilters()
                .add(new GatehouseHttpFilter(house.pipeline()));
        server.start();
    }

    /** The status of the answer to a request with these header lines. */
    int get(String... headers) {
        String text = "GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + String.join("\r\n", headers)
                + (headers.length == 0 ? "\r\n" : "\r\n\r\n");
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return status(socket.getInputStream());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        }
    }

    /** How many of so many requests were answered by the application. */
    int admitted(int requests, java.util.function.IntFunction<String> header) {
        int admitted = 0;
        for (int i = 0; i < requests; i++) {
            admitted += get(header.apply(i)) == 204 ? 1 : 0;
        }
        return admitted;
    }

    private static int status(InputStream in) throws IOException {
        String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        return Integer.parseInt(answer.substring(9, 12));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        house.close();
    }
}
