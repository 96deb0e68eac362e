// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.testing;

import dev.gatehouse.context.RequestContext;
import dev.gatehouse.http.AttributeKey;
import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Route;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An exchange without a server, for tests of interceptors. Not thread-safe. */
public final class FakeExchange implements Exchange {

    private final String method;
    private final String path;
    private final Map<String, List<String>> requestHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, List<String>> responseHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> variables = new TreeMap<>();
    private final Map<AttributeKey<?>, Object> attributes = new HashMap<>();
    private InetAddress peer = InetAddress.getLoopbackAddress();
    private Route route = Route.UNMATCHED;
    private RequestContext context = RequestContext.NONE.withClient(peer);
    private int status = 200;
    private boolean admitted;

    /** A request of this method and path, from loopback, that matched no route. */
    public FakeExchange(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** A request that matched {@code route}, to the route's own template. */
    public static FakeExchange to(Route route) {
        return new FakeExchange(route.method(), route.template()).matched(route);
    }

    /** Says which route was matched. */
    public FakeExchange matched(Route value) {
        route = value;
        return this;
    }

    /** Adds a request header line. */
    public FakeExchange with(String header, String value) {
        requestHeaders.computeIfAbsent(header, name -> new ArrayList<>()).add(value);
        return this;
    }

    /** Sets a path variable. */
    public FakeExchange variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** Sets both the connection's peer and the client address of the context. */
    public FakeExchange from(InetAddress address) {
        peer = address;
        context = context.withClient(address);
        return this;
    }

    /** Sets the response's status, as the application would. */
    public FakeExchange answered(int value) {
        status = value;
        return this;
    }

    /** Whether some interceptor stated that the route's access rule holds. */
    public boolean admitted() {
        return admitted;
    }

    /** The response header lines of this name. */
    public List<String> responseHeaders(String name) {
        return responseHeaders.getOrDefault(name, List.of());
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    @Override
    public Optional<String> query() {
        int query = path.indexOf('?');
        return query < 0 ? Optional.empty() : Optional.of(path.substring(query + 1));
    }

    @Override
    public @Nullable String header(String name) {
        List<String> lines = headers(name);
        return lines.isEmpty() ? null : lines.get(0);
    }

    @Override
    public List<String> headers(String name) {
        return requestHeaders.getOrDefault(name, List.of());
    }

    @Override
    public InetAddress peer() {
        return peer;
    }

    @Override
    public Route route() {
        return route;
    }

    @Override
    public String pathVariable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException(route.template() + ": has no variable '" + name + "'");
        }
        return value;
    }

    @Override
    public RequestContext context() {
        return context;
    }

    @Override
    public void context(RequestContext value) {
        context = value;
    }

    @Override
    public void setHeader(String name, String value) {
        responseHeaders.put(name, new ArrayList<>(List.of(value)));
    }

    @Override
    public void addHeader(String name, String value) {
        responseHeaders.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T attribute(AttributeKey<T> key) {
        return (T) attributes.get(key);
    }

    @Override
    public <T> void attribute(AttributeKey<T> key, T value) {
        attributes.put(key, value);
    }

    @Override
    public void admit() {
        admitted = true;
    }
}
