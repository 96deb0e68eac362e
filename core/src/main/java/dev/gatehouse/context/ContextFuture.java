// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A future whose stages run with the context in which it was made, async ones without an executor of their own too. */
final class ContextFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    private final ContextSnapshot snapshot;

    ContextFuture(ContextSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new ContextFuture<>(snapshot);
    }

    @Override
    public Executor defaultExecutor() {
        Executor executor = super.defaultExecutor();
        return task -> executor.execute(snapshot.wrap(task));
    }

    /** Becomes what another future came to. */
    void settle(@Nullable T value, @Nullable Throwable failure) {
        snapshot.run(() -> {
            if (failure == null) {
                complete(value);
            } else {
                completeExceptionally(failure);
            }
        });
    }
}
