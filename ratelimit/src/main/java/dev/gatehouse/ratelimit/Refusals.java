// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Problem;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** The answer to a request that a limit refused: RFC 6585's 429 as a problem of the RateLimit draft's type. */
final class Refusals {

    private static final URI QUOTA_EXCEEDED =
            URI.create("https://iana.org/assignments/http-problem-types#quota-exceeded");

    private Refusals() {}

    /** The problem of {@code refused}; the fields tell of {@code all} limits of the request. */
    static Problem problem(Decision.Refused refused, List<LimitStatus> all) {
        return Problem.of(429, "Too many requests", detail(refused))
                .type(QUOTA_EXCEEDED)
                .with("violated-policies", refused.violated())
                .header("Retry-After", Long.toString(refused.retryAfterSeconds()))
                .header(RateLimitFields.POLICY, RateLimitFields.policy(all))
                .header(RateLimitFields.STATE, RateLimitFields.state(all));
    }

    private static String detail(Decision.Refused refused) {
        String limits = refused.statuses().stream()
                .filter(status -> refused.violated().contains(status.name()))
                .map(status ->
                        "\"" + status.name() + "\" (" + status.limit() + " in " + status.windowSeconds() + " seconds)")
                .collect(Collectors.joining(" and "));
        return "The limit " + limits + " is used up. Try again in " + refused.retryAfterSeconds() + " seconds.";
    }
}
