// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.resilience.fault.Faults;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Calls that nobody waits for. As many as may run at a time may pause between two tries; beyond that there is no further try. */
final class AsyncCalls {

    private final GuardParts parts;
    private final Semaphore pauses;

    AsyncCalls(GuardParts parts) {
        this.parts = parts;
        this.pauses = new Semaphore(parts.settings().maxConcurrent());
    }

    <T> CompletableFuture<Outcome<T>> perform(AsyncWork<? extends T> work, boolean idempotent) {
        return new AsyncCall<T>(parts, pauses, struck(work), idempotent).begin();
    }

    <T> CompletableFuture<Outcome<HttpResponse<T>>> send(HttpCall<T> call) {
        if (!call.mayGo()) {
            Outcome<HttpResponse<T>> refused = new Outcome.Rejected<>(Outcome.Rejection.HOST);
            parts.meters().record(refused, 0);
            GuardFuture<Outcome<HttpResponse<T>>> done = new GuardFuture<>(parts.executor(), null);
            done.complete(refused);
            return done;
        }
        return perform(new HttpStage<>(call, parts.executor()), call.isIdempotent());
    }

    /** Injected faults may take their time, and so happen on another thread. */
    private <T> AsyncWork<T> struck(AsyncWork<T> work) {
        Faults faults = parts.world().faults();
        if (!faults.isAllowed()) {
            return work;
        }
        return attempt -> Sequel.of(
                parts.executor(),
                () -> {
                    faults.strike(parts.settings().name());
                    return true;
                },
                () -> work.start(attempt));
    }
}
