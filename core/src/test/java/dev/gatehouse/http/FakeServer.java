// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A server without sockets. */
class FakeServer implements ServerExchange {

    final Map<String, List<String>> requestHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    final Map<String, List<String>> responseHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final String method;
    private final String path;
    InetAddress peer = InetAddress.getLoopbackAddress();
    boolean understood = true;
    boolean gone;
    int status = 200;

    @Nullable String body;

    FakeServer(String method, String path) {
        this.method = method;
        this.path = path;
    }

    FakeServer with(String name, String value) {
        requestHeaders.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        return this;
    }

    @Nullable String sent(String name) {
        List<String> lines = responseHeaders.get(name);
        return lines == null ? null : lines.get(0);
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Optional<String> query() {
        return Optional.empty();
    }

    @Override
    public @Nullable String header(String name) {
        List<String> lines = requestHeaders.get(name);
        return lines == null ? null : lines.get(0);
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
    public boolean understoodAs(String decoded) {
        return understood;
    }

    @Override
    public void putHeader(String name, String value) {
        responseHeaders.put(name, new ArrayList<>(List.of(value)));
    }

    @Override
    public void appendHeader(String name, String value) {
        responseHeaders.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public boolean bodyFinished() {
        return true;
    }

    @Override
    public boolean committed() {
        return body != null;
    }

    @Override
    public void reset() {
        responseHeaders.clear();
    }

    @Override
    public void send(int value, byte[] bytes) throws IOException {
        if (gone) {
            throw new IOException("connection reset");
        }
        status = value;
        body = new String(bytes, StandardCharsets.UTF_8);
    }
}
