// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.context.RequestContext;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * What a guard starts and does not wait for.
 *
 * @param <T> the answer's type
 */
@FunctionalInterface
public interface AsyncWork<T> {

    /**
     * Starts the work and returns at once; neither the stage nor its answer is null. The stage is cancelled when nobody waits
     * for it any more. While this runs, the request's deadline is the try's, for the guards that the work itself calls.
     */
    CompletionStage<? extends T> start(AsyncAttempt attempt) throws Exception;

    /**
     * Blocking work, done by a thread of {@code executor} within the request's context. The thread is interrupted when nobody
     * waits any more, and the work keeps its place in the bulkhead until the thread is free.
     */
    static <T> AsyncWork<T> blocking(Executor executor, Callable<T> work) {
        return attempt -> Interruptible.on(executor, RequestContext.current().wrap(work));
    }
}
