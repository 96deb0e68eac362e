// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import dev.gatehouse.context.RequestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The exchange that gates and the application see, over a server's. */
final class PipelineExchange implements Exchange {

    private static final Object[] NO_ATTRIBUTES = {};

    private final ServerExchange server;
    private final Match match;
    private final PipelineSettings settings;
    private final RequestBody body;
    private final List<String> guardHeaders = new ArrayList<>(16);
    private Object[] attributes = NO_ATTRIBUTES;
    private RequestContext context = RequestContext.NONE;
    private @Nullable Thread owner;
    private RequestContext.@Nullable Scope scope;
    private @Nullable String nonce;
    private boolean guarding = true;
    private boolean admitted;

    PipelineExchange(ServerExchange server, Match match, PipelineSettings settings) {
        this.server = server;
        this.match = match;
        this.settings = settings;
        this.body = new RequestBody(server, budget(match.route(), settings));
    }

    private static BodyBudget budget(Route route, PipelineSettings settings) {
        return new BodyBudget(route.bodyLimit(), route.deadline(), settings.ticker());
    }

    RequestBody body() {
        return body;
    }

    Match match() {
        return match;
    }

    ServerExchange server() {
        return server;
    }

    boolean admitted() {
        return admitted;
    }

    /** The calling thread runs in this scope from now on; a context set by another thread is only remembered. */
    void enters(RequestContext.Scope entered) {
        owner = Thread.currentThread();
        scope = entered;
    }

    void leaves() {
        owner = null;
        scope = null;
    }

    /** From here on the application sets headers, which do not outlive its failure. */
    void applicationRuns() {
        guarding = false;
    }

    /** Takes back what the application prepared; what the guards set stays. */
    void restart() {
        server.reset();
        secure();
        for (int i = 0; i < guardHeaders.size(); i += 2) {
            String name = guardHeaders.get(i);
            if (lastBefore(i, name) < 0) {
                server.putHeader(name, guardHeaders.get(i + 1));
            } else {
                server.appendHeader(name, guardHeaders.get(i + 1));
            }
        }
    }

    /** Sets the security headers. */
    void secure() {
        settings.securityHeaders().putOn(server, nonce);
    }

    /** Sends a whole answer; a client whose body nobody read is told that the connection ends with it. */
    void send(int status, byte[] content) throws IOException {
        if (body.isUnread()) {
            endConnection();
        }
        server.send(status, content);
    }

    /** Tells the client that the server will close the connection, so that it sends nothing more on it. */
    void endConnection() {
        server.putHeader("Connection", "close");
    }

    @Override
    public String method() {
        return server.method();
    }

    @Override
    public String path() {
        return server.path();
    }

    @Override
    public Optional<String> query() {
        return server.query();
    }

    @Override
    public @Nullable String header(String name) {
        return server.header(name);
    }

    @Override
    public List<String> headers(String name) {
        return server.headers(name);
    }

    @Override
    public InetAddress peer() {
        return server.peer();
    }

    @Override
    public Route route() {
        return match.route();
    }

    @Override
    public String pathVariable(String name) {
        if (match instanceof Match.Found found) {
            int at = Arrays.asList(found.names()).indexOf(name);
            if (at >= 0) {
                return found.values()[at];
            }
        }
        throw new IllegalArgumentException(route().template() + ": has no variable '" + name + "'");
    }

    @Override
    public RequestContext context() {
        return context;
    }

    @Override
    public void context(RequestContext value) {
        context = value;
        RequestContext.Scope here = scope;
        if (here != null && owner == Thread.currentThread()) {
            here.replace(value);
        }
    }

    @Override
    public void setHeader(String name, String value) {
        check(name, value);
        server.putHeader(name, value);
        if (guarding) {
            forget(name);
            remember(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        check(name, value);
        server.appendHeader(name, value);
        if (guarding) {
            remember(name, value);
        }
    }

    private static void check(String name, String value) {
        HeaderText.requireName(name);
        HeaderText.requireValue(name, value);
    }

    private void remember(String name, String value) {
        guardHeaders.add(name);
        guardHeaders.add(value);
    }

    private void forget(String name) {
        for (int i = lastBefore(guardHeaders.size(), name); i >= 0; i = lastBefore(i, name)) {
            guardHeaders.subList(i, i + 2).clear();
        }
    }

    /** Where this name stands last among the guards' headers before {@code end}; negative when nowhere. */
    private int lastBefore(int end, String name) {
        int at = end - 2;
        while (at >= 0 && !guardHeaders.get(at).equalsIgnoreCase(name)) {
            at -= 2;
        }
        return at;
    }

    @Override
    public int status() {
        return server.status();
    }

    @Override
    @SuppressWarnings("unchecked") // only attribute(key, value) writes, with the key's own type
    public <T> @Nullable T attribute(AttributeKey<T> key) {
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i] == key) {
                return (T) attributes[i + 1];
            }
        }
        return key == (Object) ContentSecurityPolicy.NONCE ? (T) makeNonce() : null;
    }

    /** Made when first asked for, since most responses run no script and good randomness costs. */
    private String makeNonce() {
        String made = ContentSecurityPolicy.nonce(settings.random());
        nonce = made;
        attribute(ContentSecurityPolicy.NONCE, made);
        settings.securityHeaders().putPolicyOn(server, made);
        return made;
    }

    @Override
    public <T> void attribute(AttributeKey<T> key, T value) {
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i] == key) {
                attributes[i + 1] = value;
                return;
            }
        }
        attributes = Arrays.copyOf(attributes, attributes.length + 2);
        attributes[attributes.length - 2] = key;
        attributes[attributes.length - 1] = value;
    }

    @Override
    public void admit() {
        admitted = true;
    }
}
