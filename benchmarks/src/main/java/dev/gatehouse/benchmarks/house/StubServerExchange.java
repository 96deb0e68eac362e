// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.house;

import dev.gatehouse.http.ServerExchange;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server that costs nothing: what remains of a measurement is the pipeline's own. */
final class StubServerExchange implements ServerExchange {

    private static final InetAddress PEER = InetAddress.getLoopbackAddress();

    private final String path;
    private final @Nullable String cookie;
    private int status = 200;

    StubServerExchange(String path, @Nullable String cookie) {
        this.path = path;
        this.cookie = cookie;
    }

    @Override
    public String method() {
        return "GET";
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
        return name.equalsIgnoreCase("cookie") ? cookie : null;
    }

    @Override
    public List<String> headers(String name) {
        String value = header(name);
        return value == null ? List.of() : List.of(value);
    }

    @Override
    public InetAddress peer() {
        return PEER;
    }

    @Override
    public boolean understoodAs(String decoded) {
        return path.equals(decoded);
    }

    @Override
    public void putHeader(String name, String value) {}

    @Override
    public void appendHeader(String name, String value) {}

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
        return false;
    }

    @Override
    public void reset() {
        status = 200;
    }

    @Override
    public void send(int value, byte[] body) {
        status = value;
    }
}
