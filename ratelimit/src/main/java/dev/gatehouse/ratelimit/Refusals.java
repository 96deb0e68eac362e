// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Problem;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The answers to requests that a limit refused, as problems of the RateLimit draft's types. Clients that were refused
 * together are told different times, none of them too early, so that they do not come back together.
 */
final class Refusals {

    private static final String TYPES = "https://iana.org/assignments/http-problem-types#";
    private static final URI QUOTA_EXCEEDED = URI.create(TYPES + "quota-exceeded");
    private static final URI ABNORMAL_USAGE = URI.create(TYPES + "abnormal-usage-detected");
    private static final URI REDUCED_CAPACITY = URI.create(TYPES + "temporary-reduced-capacity");

    /** The longest time by which an answer is later than need be. */
    private static final long MOST_JITTER = 30;

    /** A store that answers within a bound is asked again after a moment; one that is down has its own answer. */
    static final long MOMENT = 2;

    private final RateLimitDialect dialect;
    private final RandomGenerator random;

    Refusals(RateLimitDialect dialect, RandomGenerator random) {
        this.dialect = dialect;
        this.random = random;
    }

    /** The problem of {@code refused}, at least one; the fields tell of what else counted, in {@code others}, too. */
    Problem problem(List<Refusal> refused, List<Decision> others) {
        List<Decision> all = new ArrayList<>(others);
        refused.forEach(refusal -> all.add(refusal.decision()));
        long wait = later(refused.stream()
                .mapToLong(refusal -> refusal.decision().retryAfterSeconds())
                .max()
                .orElse(1));
        return dialect.tell(answer(refused, wait), all);
    }

    /** The problem of a request of which the store did not say whether it may go on. */
    Problem unavailable() {
        return unavailable(later(MOMENT));
    }

    /** The same, to come back after so many seconds. */
    static Problem unavailable(long wait) {
        return Problem.of(503, "Limits cannot be checked", "Try again in " + wait + " seconds.")
                .type(REDUCED_CAPACITY)
                .header("Retry-After", Long.toString(wait));
    }

    /** The problem of a request beyond those that may be in flight; nobody knows when one of them ends. */
    Problem tooManyInFlight(InFlightLimit limit) {
        long wait = later(1);
        return Problem.of(
                        429,
                        "Too many requests at once",
                        "The limit \"" + limit.name() + "\" (" + limit.permits() + " at once) is used up. Try again in "
                                + wait + " seconds.")
                .type(QUOTA_EXCEEDED)
                .with("violated-policies", List.of(limit.name()))
                .header("Retry-After", Long.toString(wait))
                .header(
                        RateLimitDialect.POLICY,
                        "\"" + limit.name() + "\";q=" + limit.permits() + ";qu=\"concurrent-requests\"")
                .header(RateLimitDialect.STATE, "\"" + limit.name() + "\";r=0");
    }

    private static Problem answer(List<Refusal> refused, long wait) {
        List<String> violated = refused.stream()
                .flatMap(refusal -> refusal.decision().violated().stream())
                .toList();
        return kind(refused, wait).with("violated-policies", violated).header("Retry-After", Long.toString(wait));
    }

    private static Problem kind(List<Refusal> refused, long wait) {
        if (refused.stream().noneMatch(Refusal::isTheClients)) {
            return Problem.of(503, "Too busy", "Too many requests by everybody. Try again in " + wait + " seconds.")
                    .type(REDUCED_CAPACITY);
        }
        boolean own =
                refused.stream().anyMatch(refusal -> refusal.isTheClients() && !refusal.isOf(LimitKey.Kind.NETWORK));
        return Problem.of(
                        429,
                        own ? "Too many requests" : "Too many requests from this network",
                        "The limit " + names(refused) + " is used up. Try again in " + wait + " seconds.")
                .type(own ? QUOTA_EXCEEDED : ABNORMAL_USAGE);
    }

    private static String names(List<Refusal> refused) {
        return refused.stream()
                .flatMap(refusal -> refusal.decision().statuses().stream()
                        .filter(status -> refusal.decision().violated().contains(status.name())))
                .map(status ->
                        "\"" + status.name() + "\" (" + status.limit() + " in " + status.windowSeconds() + " seconds)")
                .collect(Collectors.joining(" and "));
    }

    /** Up to a quarter later, at least up to a second. */
    private long later(long seconds) {
        long most = Math.min(MOST_JITTER, Math.max(1, seconds / 4));
        return seconds + random.nextLong(most + 1);
    }
}
