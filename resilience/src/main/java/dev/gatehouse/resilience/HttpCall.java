// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** One HTTP request as the work of a guard: its host's addresses are checked, and then it is sent. */
record HttpCall<T>(HttpClient client, HttpRequest request, HttpResponse.BodyHandler<T> body, HttpRules rules) {

    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    HttpCall {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException(
                    "resilience: the HTTP client follows redirects but must not, for they lead"
                            + " to hosts that were not allowed");
        }
    }

    boolean isIdempotent() {
        return IDEMPOTENT.contains(request.method())
                || request.headers().firstValue("Idempotency-Key").isPresent();
    }

    boolean mayGo() {
        return rules.egress().allows(request.uri());
    }

    HttpResponse<T> send(Attempt attempt) throws Exception {
        rules.egress().check(request.uri());
        return judged(client.send(within(attempt.remaining()), body));
    }

    CompletionStage<HttpResponse<T>> sendAsync(AsyncAttempt attempt, Executor executor) throws Exception {
        if (rules.egress().looksUp(request.uri())) {
            return Sequel.of(executor, this::checked, () -> sendChecked(attempt));
        }
        rules.egress().check(request.uri());
        return sendChecked(attempt);
    }

    private boolean checked() throws Exception {
        rules.egress().check(request.uri());
        return true;
    }

    private CompletableFuture<HttpResponse<T>> sendChecked(AsyncAttempt attempt) {
        return client.sendAsync(within(attempt.remaining()), body);
    }

    /** The answer, unless it says that the dependency cannot serve. */
    HttpResponse<T> judged(HttpResponse<T> response) throws ErrorStatusException {
        if (rules.failing().test(response.statusCode())) {
            throw new ErrorStatusException(response, RetryAfter.of(response.headers(), rules.clock()));
        }
        return response;
    }

    private HttpRequest within(Duration time) {
        Duration atLeast = time.isZero() ? Duration.ofNanos(1) : time;
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .timeout(atLeast)
                .build();
    }
}
