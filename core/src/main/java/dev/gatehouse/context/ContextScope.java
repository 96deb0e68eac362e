// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open scope; each thread's open scopes form a stack, linked from the innermost outwards. */
final class ContextScope implements RequestContext.Scope {

    private static final Logger LOG = LoggerFactory.getLogger(RequestContext.class);
    private static final ThreadLocal<@Nullable ContextScope> INNERMOST = new ThreadLocal<>();

    private final Thread owner = Thread.currentThread();
    private ContextMdc mdcBefore = ContextMdc.current();
    private RequestContext context;
    private final @Nullable ContextScope outer;
    private boolean open = true;

    private ContextScope(RequestContext context, @Nullable ContextScope outer) {
        this.context = context;
        this.outer = outer;
    }

    static RequestContext current() {
        ContextScope innermost = INNERMOST.get();
        return innermost == null ? RequestContext.NONE : innermost.context;
    }

    static ContextScope open(RequestContext context) {
        ContextScope scope = new ContextScope(context, INNERMOST.get());
        INNERMOST.set(scope);
        ContextMdc.of(context).apply();
        return scope;
    }

    @Override
    public void replace(RequestContext value) {
        requireOwner();
        context = value;
        ContextMdc mdc = ContextMdc.of(value);
        ContextScope innermost = INNERMOST.get();
        if (innermost == this) {
            mdc.apply();
            return;
        }
        for (ContextScope scope = innermost; scope != null; scope = scope.outer) {
            if (scope.outer == this) {
                scope.mdcBefore = mdc; // what the inner one gives back when it closes
            }
        }
    }

    @Override
    public void close() {
        requireOwner();
        if (open) {
            restore(closeInner());
        }
    }

    private void requireOwner() {
        if (owner != Thread.currentThread()) {
            throw new IllegalStateException("context scope: opened by thread '" + owner.getName() + "', used by '"
                    + Thread.currentThread().getName() + "'; wrap the task instead");
        }
    }

    /** Closes this scope and those opened after it; returns how many of the latter there were. */
    private int closeInner() {
        int inner = 0;
        for (ContextScope scope = INNERMOST.get(); scope != null && scope != this; scope = scope.outer) {
            scope.open = false;
            inner++;
        }
        open = false;
        return inner;
    }

    private void restore(int forgotten) {
        if (outer == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(outer);
        }
        mdcBefore.apply();
        if (forgotten > 0) {
            LOG.warn("A context scope was closed before {} opened later on the same thread", forgotten);
        }
    }
}
