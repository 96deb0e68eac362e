// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.context.RequestContext;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Blocking preparation on an executor, and then a stage; cancelling it cancels whichever is going on. */
final class Sequel<T> extends CompletableFuture<T> {

    private final Callable<? extends CompletionStage<? extends T>> then;
    private volatile @Nullable Future<?> running;
    private volatile boolean cancelled;

    private Sequel(Callable<? extends CompletionStage<? extends T>> then) {
        this.then = then;
    }

    static <T> CompletableFuture<T> of(
            Executor executor, Callable<Boolean> first, Callable<? extends CompletionStage<? extends T>> then) {
        RequestContext context = RequestContext.current();
        Sequel<T> sequel = new Sequel<>(context.wrap(then::call));
        CompletableFuture<Boolean> preparation = Interruptible.on(executor, context.wrap(first));
        sequel.running(preparation);
        CompletableFuture<Boolean> unused = preparation.whenComplete((done, failure) -> sequel.prepared(failure));
        return sequel;
    }

    private void prepared(@Nullable Throwable failure) {
        if (failure != null) {
            completeExceptionally(failure);
        } else if (cancelled) {
            completeExceptionally(new CancellationException("cancelled before it began"));
        } else {
            start();
        }
    }

    private void start() {
        try {
            CompletionStage<? extends T> stage = then.call();
            running(stage.toCompletableFuture());
            stage.whenComplete(this::finished);
        } catch (Exception e) {
            completeExceptionally(e);
        }
    }

    private void finished(@Nullable T value, @Nullable Throwable failure) {
        if (failure != null) {
            completeExceptionally(failure);
        } else {
            complete(value);
        }
    }

    private void running(Future<?> value) {
        running = value;
        if (cancelled) {
            value.cancel(true);
        }
    }

    /** Asks what is going on to end; false, since it goes on until it does. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        cancelled = true;
        Future<?> now = running;
        if (now != null) {
            now.cancel(true);
        }
        return false;
    }
}
