// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.context.RequestContext;
import dev.gatehouse.http.AttributeKey;
import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Route;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that no client sent, for the self-tests: from an address that is reserved for documentation. */
final class ProbeExchange implements Exchange {

    private final Map<String, String> responseHeaders = new HashMap<>();
    private final Map<AttributeKey<?>, Object> attributes = new HashMap<>();
    private final InetAddress peer;
    private RequestContext context;

    ProbeExchange() {
        this(documentation());
    }

    ProbeExchange(InetAddress peer) {
        this.peer = peer;
        this.context = RequestContext.NONE.withClient(peer);
    }

    Map<String, String> responseHeaders() {
        return responseHeaders;
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String path() {
        return "/";
    }

    @Override
    public Optional<String> query() {
        return Optional.empty();
    }

    @Override
    public @Nullable String header(String name) {
        return null;
    }

    @Override
    public List<String> headers(String name) {
        return List.of();
    }

    @Override
    public InetAddress peer() {
        return peer;
    }

    private static InetAddress documentation() {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("ratelimit: four bytes are an address", e);
        }
    }

    @Override
    public Route route() {
        return Route.UNMATCHED;
    }

    @Override
    public String pathVariable(String name) {
        throw new IllegalArgumentException("ratelimit: the self-test's route has no variable '" + name + "'");
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
        responseHeaders.put(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        responseHeaders.merge(name, value, (first, second) -> first + ", " + second);
    }

    @Override
    public int status() {
        return 200;
    }

    @Override
    @SuppressWarnings("unchecked") // the key's type is its value's
    public <T> @Nullable T attribute(AttributeKey<T> key) {
        return (T) attributes.get(key);
    }

    @Override
    public <T> void attribute(AttributeKey<T> key, T value) {
        attributes.put(key, value);
    }

    @Override
    public void admit() {
        // The self-test never reaches an application.
    }
}
