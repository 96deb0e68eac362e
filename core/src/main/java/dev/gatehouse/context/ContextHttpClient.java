// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * A JDK HTTP client that carries the calling thread's {@link RequestContext}: it adds {@link OutgoingHeaders} that the
 * request does not have, and lets no call outlast the context's deadline. Thread-safe.
 *
 * <p>The deadline bounds the whole exchange, until the body handler has its body; a handler that streams has it at once,
 * and reading the stream is then the caller's to bound. A deadline that has passed sends nothing. Both ends in {@link
 * java.net.http.HttpTimeoutException}.
 *
 * <p>The futures of {@code sendAsync} run their stages with the caller's context, and cancelling one cancels the
 * exchange. Closing belongs to the wrapped client.
 */
public final class ContextHttpClient extends HttpClient {

    private final HttpClient client;

    private ContextHttpClient(HttpClient client) {
        this.client = client;
    }

    /** Wraps {@code client}, which stays usable for calls that must not carry a context. */
    public static ContextHttpClient wrap(HttpClient client) {
        return new ContextHttpClient(client);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return ContextCall.of(request).send(client, handler);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return ContextCall.of(request).start(bounded -> client.sendAsync(bounded, handler));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> push) {
        return ContextCall.of(request).start(bounded -> client.sendAsync(bounded, handler, push));
    }

    /** The wrapped client's own builder: web sockets carry no context. */
    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return client.newWebSocketBuilder();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }
}
