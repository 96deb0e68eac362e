// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** An HTTP request as the work of an asynchronous call. */
record HttpStage<T>(HttpCall<T> call, Executor executor) implements AsyncWork<HttpResponse<T>> {

    @Override
    public CompletionStage<HttpResponse<T>> start(AsyncAttempt attempt) throws Exception {
        return new Judged<>(call, call.sendAsync(attempt, executor));
    }

    /** The answer as it is judged; cancelling it cancels the exchange. */
    private static final class Judged<T> extends CompletableFuture<HttpResponse<T>> {

        private final CompletableFuture<HttpResponse<T>> exchange;

        Judged(HttpCall<T> call, CompletionStage<HttpResponse<T>> exchange) {
            this.exchange = exchange.toCompletableFuture();
            exchange.whenComplete((response, thrown) -> {
                if (thrown != null) {
                    completeExceptionally(thrown);
                    return;
                }
                try {
                    complete(call.judged(response));
                } catch (ErrorStatusException e) {
                    completeExceptionally(new CompletionException(e));
                }
            });
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            exchange.cancel(mayInterruptIfRunning);
            return false;
        }
    }
}
