// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request of the pipeline's self-test, with no network: a POST of these headers. */
final class SelfTestServer implements ServerExchange {

    private final String path;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private int status = 200;

    SelfTestServer(String path, Map<String, String> headers) {
        this.path = path;
        this.headers.putAll(headers);
    }

    /** The response header, empty when there is none. */
    String sent(String name) {
        return sent.getOrDefault(name, "");
    }

    @Override
    public String method() {
        return "POST";
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
        return headers.get(name);
    }

    @Override
    public List<String> headers(String name) {
        String value = headers.get(name);
        return value == null ? List.of() : List.of(value);
    }

    @Override
    public InetAddress peer() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public boolean understoodAs(String decoded) {
        return true;
    }

    @Override
    public void putHeader(String name, String value) {
        sent.put(name, value);
    }

    @Override
    public void appendHeader(String name, String value) {
        sent.merge(name, value, (before, more) -> before + ", " + more);
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
        return false;
    }

    @Override
    public void reset() {
        sent.clear();
    }

    @Override
    public void send(int value, byte[] body) {
        status = value;
    }
}
