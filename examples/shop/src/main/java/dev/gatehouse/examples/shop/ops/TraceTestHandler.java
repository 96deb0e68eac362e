// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Handler;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.ClientAddress;
import dev.gatehouse.json.JsonReader;
import dev.gatehouse.json.JsonWriter;
import dev.gatehouse.json.Parsed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * POST /test, for trace-context test suites: sends each call of the body on, with this request's outgoing trace headers,
 * to this machine only. It does not exist in production.
 */
public final class TraceTestHandler implements Handler {

    private static final int MOST_CALLS = 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client;

    /** Calls through {@code client}, which adds the headers. */
    public TraceTestHandler(HttpClient client) {
        this.client = client;
    }

    private record Onward(URI url, @Nullable Object arguments) {}

    @Override
    public Answer handle(Call call) throws IOException, InterruptedException {
        for (Onward onward : onward(call.jsonBody())) {
            HttpRequest request = HttpRequest.newBuilder(onward.url)
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(
                            new JsonWriter().value(onward.arguments).toString()))
                    .build();
            send(request);
        }
        return Answer.json(200, "{}");
    }

    private void send(HttpRequest request) throws InterruptedException {
        try {
            client.send(request, BodyHandlers.discarding());
        } catch (IOException e) {
            throw Refusal.of(502, "Not reached", "One of the URLs did not answer.");
        }
    }

    private static List<Onward> onward(byte[] body) {
        if (!(JsonReader.read(body) instanceof Parsed.Value value)) {
            throw Refusal.of(400, "Malformed JSON", "The body is not JSON.");
        }
        if (!(value.value() instanceof List<?> list) || list.size() > MOST_CALLS) {
            throw Refusal.of("", "must be a list of at most " + MOST_CALLS);
        }
        List<Onward> calls = new ArrayList<>();
        for (Object element : list) {
            calls.add(one(element));
        }
        return calls;
    }

    private static Onward one(@Nullable Object element) {
        if (element instanceof Map<?, ?> map && map.get("url") instanceof String url) {
            return new Onward(local(url), map.get("arguments"));
        }
        throw Refusal.of("url", "must be a URL on this machine");
    }

    private static URI local(String url) {
        try {
            URI uri = URI.create(url);
            if ("http".equals(uri.getScheme()) && uri.getUserInfo() == null && isLoopback(uri.getHost())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw Refusal.of("url", "must be a URL on this machine");
        }
        throw Refusal.of("url", "must be a URL on this machine");
    }

    private static boolean isLoopback(@Nullable String host) {
        if (host == null) {
            return false;
        }
        InetAddress literal = ClientAddress.literal(host);
        return host.equals("localhost") || (literal != null && literal.isLoopbackAddress());
    }
}
