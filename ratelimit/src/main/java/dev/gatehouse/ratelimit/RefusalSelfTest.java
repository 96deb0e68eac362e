// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Problem;
import dev.gatehouse.http.Verdict;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Sees a real refusal: sends requests from an address that is nobody's (RFC 5737) through the real interceptor and
 * limiter, under a small limit of its own, until one is answered 429, and reads that answer.
 */
record RefusalSelfTest(RateLimits limits, InstantSource clock) implements Callable<Finding> {

    static final Limit LIMIT = Limit.perMinute("self-test", 3);

    @Override
    public Finding call() {
        RateLimits probed =
                limits.with(LimitGroup.named(RateLimits.DEFAULT_GROUP).byAddress(LIMIT));
        EdgeLimits step = new EdgeLimits(probed);
        for (int sent = 1; sent <= LIMIT.permits() + 1; sent++) {
            ProbeExchange exchange = new ProbeExchange();
            if (step.before(exchange) instanceof Verdict.Answer answer) {
                return judge(answer.problem(), sent);
            }
            if (!exchange.responseHeaders()
                    .keySet()
                    .containsAll(Set.of(RateLimitDialect.POLICY, RateLimitDialect.STATE))) {
                return Finding.failed("an allowed answer lacked the RateLimit fields: " + exchange.responseHeaders());
            }
        }
        return Finding.failed(
                "request " + (LIMIT.permits() + 1) + " under a limit of " + LIMIT.permits() + " was allowed");
    }

    private Finding judge(Problem problem, int sent) {
        Map<String, String> headers = problem.headers();
        Evidence refusal = new Evidence(
                "answer to request " + sent + " under a limit of " + LIMIT.permits(),
                problem.status() + ", Retry-After " + headers.get("Retry-After") + ", RateLimit "
                        + headers.get(RateLimitDialect.STATE),
                "self-test",
                clock.instant());
        boolean clear = problem.status() == 429
                && isPositive(headers.get("Retry-After"))
                && headers.containsKey(RateLimitDialect.POLICY)
                && problem.detail().contains(LIMIT.name());
        return clear ? Finding.verified(refusal) : Finding.failed("the refusal is not a clear 429", refusal);
    }

    private static boolean isPositive(@Nullable String seconds) {
        return seconds != null && seconds.matches("[1-9][0-9]{0,8}");
    }
}
