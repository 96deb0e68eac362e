// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Executors whose tasks run with the context and MDC of the thread that submitted them, and leave the running thread as
 * it was. Any executor will do, one of virtual threads included. Shutting the wrapper down shuts the wrapped one down.
 *
 * <p>For a {@code CompletableFuture}, give every async stage such an executor. A stage is submitted by the thread that
 * completes the one before: where that is a foreign thread without a context, use {@link RequestContext#executor}.
 *
 * <pre>{@code
 * Executor pool = ContextExecutors.wrap(threads);
 * CompletableFuture.supplyAsync(this::price, pool).thenApplyAsync(this::withTax, pool);
 * foreign.thenAcceptAsync(this::store, RequestContext.current().executor(threads));
 * }</pre>
 */
public final class ContextExecutors {

    private ContextExecutors() {}

    /** An executor that carries the context of each {@code execute}. */
    public static Executor wrap(Executor executor) {
        return task -> executor.execute(RequestContext.current().wrap(task));
    }

    /** A service that carries the context of each submission, on every way to submit. */
    public static ExecutorService wrap(ExecutorService executor) {
        return new ContextExecutorService(executor);
    }

    /**
     * A service that carries the context of each submission, on every way to submit. A periodic task keeps the context in
     * which it was scheduled, that request's ID and its deadline included; schedule what outlives the request with
     * {@link RequestContext#NONE} open.
     */
    public static ScheduledExecutorService wrap(ScheduledExecutorService executor) {
        return new ContextScheduledExecutorService(executor);
    }
}
