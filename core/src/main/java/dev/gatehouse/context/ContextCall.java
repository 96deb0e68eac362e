// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One call of {@link ContextHttpClient}: the request with what the context adds, and the time that is left for it. */
final class ContextCall {

    private final HttpRequest request;
    private final Optional<Deadline> deadline;

    private ContextCall(HttpRequest request, Optional<Deadline> deadline) {
        this.request = request;
        this.deadline = deadline;
    }

    static ContextCall of(HttpRequest request) {
        RequestContext context = RequestContext.current();
        HttpRequest.Builder builder = HttpRequest.newBuilder(request, (name, value) -> true);
        boolean traced =
                request.headers().firstValue(OutgoingHeaders.TRACEPARENT).isPresent();
        OutgoingHeaders.of(context).forEach((name, value) -> {
            boolean state = name.equals(OutgoingHeaders.TRACESTATE);
            if (request.headers().firstValue(name).isEmpty() && !(traced && state)) {
                builder.setHeader(name, value);
            }
        });
        context.deadline().ifPresent(deadline -> builder.timeout(timeout(request, deadline)));
        return new ContextCall(builder.build(), context.deadline());
    }

    private static Duration timeout(HttpRequest request, Deadline deadline) {
        Duration left = Duration.ofNanos(Math.max(1, deadline.remainingNanos())); // the JDK refuses zero
        return request.timeout().filter(own -> own.compareTo(left) < 0).orElse(left);
    }

    <T> HttpResponse<T> send(HttpClient client, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        if (deadline.isEmpty()) {
            return client.send(request, handler);
        }
        refuseIfLate();
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, handler);
        try {
            return answer.get(deadline.get().remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw late();
        } catch (ExecutionException e) {
            throw asSent(e.getCause());
        } finally {
            answer.cancel(true); // does nothing to one that is done
        }
    }

    <T> CompletableFuture<HttpResponse<T>> start(Function<HttpRequest, CompletableFuture<HttpResponse<T>>> sender) {
        ContextFuture<HttpResponse<T>> result = new ContextFuture<>(ContextSnapshot.of(RequestContext.current()));
        if (deadline.isPresent() && deadline.get().expired()) {
            result.completeExceptionally(late());
            return result;
        }
        CompletableFuture<HttpResponse<T>> answer = sender.apply(request);
        var unusedSettled = bounded(answer).whenComplete((value, failure) -> finish(result, value, failure));
        var unusedCancelled = result.whenComplete((value, failure) -> answer.cancel(true));
        return result;
    }

    private <T> CompletableFuture<T> bounded(CompletableFuture<T> answer) {
        return deadline.map(at -> answer.copy().orTimeout(at.remainingNanos(), TimeUnit.NANOSECONDS))
                .orElse(answer);
    }

    private static <T> void finish(ContextFuture<T> result, @Nullable T value, @Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            // The JVM's one timer thread is here: the caller's stages must not hold it up.
            result.defaultExecutor().execute(() -> result.completeExceptionally(late()));
        } else {
            result.settle(value, cause);
        }
    }

    private void refuseIfLate() throws HttpTimeoutException {
        if (deadline.isPresent() && deadline.get().expired()) {
            throw late();
        }
    }

    private static HttpTimeoutException late() {
        return new HttpTimeoutException("the request's deadline has passed");
    }

    private static IOException asSent(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException io ? io : new IOException(cause);
    }
}
