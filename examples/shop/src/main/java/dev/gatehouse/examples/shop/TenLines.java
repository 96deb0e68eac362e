// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.http.Access;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import dev.gatehouse.http.jdk.GatehouseHttpFilter;
import dev.gatehouse.observability.Observability;
import dev.gatehouse.observability.ObservabilityGate;
import dev.gatehouse.ratelimit.RateLimitGate;
import dev.gatehouse.ratelimit.RateLimiter;
import dev.gatehouse.ratelimit.RateLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The program of the README: two gates around the JDK's own server. */
final class TenLines {

    private TenLines() {}

    public static void main(String[] args) throws IOException {
        // region ten-lines
        Routes routes = Routes.of(Route.get("/hello").access(Access.anyone()));
        Observability observability = Observability.builder().service("hello").build();
        RateLimits limits = RateLimits.builder(RateLimiter.builder().build()).build();
        Gatehouse house = Gatehouse.builder()
                .routes(routes)
                .gates(new ObservabilityGate(observability), new RateLimitGate(limits, routes))
                .build();
        house.start();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080), 0);
        server.createContext("/", TenLines::hello).getFilters().add(new GatehouseHttpFilter(house.pipeline()));
        server.start();
        // endregion
    }

    private static void hello(HttpExchange exchange) throws IOException {
        byte[] body = "hello\n".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
