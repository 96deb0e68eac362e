// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context.micrometer;

import dev.gatehouse.context.RequestContext;
import io.micrometer.context.ThreadLocalAccessor;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Lets Micrometer's context propagation capture the {@link RequestContext} and put it on elsewhere, its MDC values
 * included. Thread-safe. Nothing registers it by itself:
 *
 * <pre>{@code
 * ContextRegistry.getInstance().registerThreadLocalAccessor(new RequestContextAccessor());
 * }</pre>
 *
 * <p>A restore without a value that was set before does nothing.
 */
public final class RequestContextAccessor implements ThreadLocalAccessor<RequestContext> {

    /** The key of the context within a snapshot. */
    public static final String KEY = "dev.gatehouse.context";

    private static final ThreadLocal<@Nullable Deque<RequestContext.Scope>> SCOPES = new ThreadLocal<>();

    /** An accessor to register once. */
    public RequestContextAccessor() {}

    @Override
    public Object key() {
        return KEY;
    }

    @Override
    public @Nullable RequestContext getValue() {
        RequestContext current = RequestContext.current();
        return current == RequestContext.NONE ? null : current;
    }

    @Override
    public void setValue(RequestContext value) {
        Deque<RequestContext.Scope> open = SCOPES.get();
        if (open == null) {
            open = new ArrayDeque<>();
            SCOPES.set(open);
        }
        open.push(value.open());
    }

    @Override
    public void setValue() {
        setValue(RequestContext.NONE);
    }

    @Override
    public void restore(RequestContext previous) {
        restore();
    }

    @Override
    public void restore() {
        Deque<RequestContext.Scope> open = SCOPES.get();
        if (open == null) {
            return;
        }
        open.pop().close();
        if (open.isEmpty()) {
            SCOPES.remove();
        }
    }
}
