// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What an asynchronous call returns. What follows it without an executor of its own runs on the guard's, never on the common
 * pool. Cancelling it ends the call.
 */
final class GuardFuture<T> extends CompletableFuture<T> {

    private final Executor executor;
    private final @Nullable Runnable onCancel;

    GuardFuture(Executor executor, @Nullable Runnable onCancel) {
        this.executor = executor;
        this.onCancel = onCancel;
    }

    @Override
    public Executor defaultExecutor() {
        return executor;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new GuardFuture<>(executor, null);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean open = !isDone();
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (open && cancelled && onCancel != null) {
            onCancel.run();
        }
        return cancelled;
    }
}
