// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.client;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tells a client how long to wait: as long as the service asks for by {@code Retry-After} (RFC 9110), and exponentially
 * longer with full jitter where it does not say. Never shorter than the service asked, and never longer than it was built
 * for: then it advises to give up. It waits for nothing itself. Immutable and thread-safe.
 *
 * <p>Full jitter is a time between nothing and the present step, evenly spread: Brooker, "Exponential Backoff And Jitter",
 * AWS Architecture Blog 2015.
 */
public final class Backoff {

    private static final int MOST_ATTEMPTS = 100;
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Duration first;
    private final Duration longest;
    private final int attempts;
    private final InstantSource clock;
    private final RandomGenerator random;

    private Backoff(Duration first, Duration longest, int attempts, InstantSource clock, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.attempts = attempts;
        this.clock = clock;
        this.random = random;
    }

    /** Up to 5 attempts, steps from 200 milliseconds, no wait above 30 seconds. */
    public static Backoff standard() {
        return of(Duration.ofMillis(200), Duration.ofSeconds(30), 5);
    }

    /**
     * A backoff of this shape.
     *
     * @param first the first step, at least a millisecond; each later one is twice as long
     * @param longest no wait is longer: no shorter than {@code first}, at most an hour
     * @param attempts how often a request is sent at most, 1 to 100
     */
    public static Backoff of(Duration first, Duration longest, int attempts) {
        if (first.toMillis() < 1 || longest.compareTo(first) < 0 || longest.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("backoff: steps were " + first + " to " + longest
                    + " but must be at least a millisecond, ascending and at most an hour");
        }
        if (attempts < 1 || attempts > MOST_ATTEMPTS) {
            throw new IllegalArgumentException("backoff: attempts was " + attempts + " but must be 1 to 100");
        }
        return new Backoff(first, longest, attempts, InstantSource.system(), RandomGenerator.getDefault());
    }

    /** A copy with another wall clock, against which dates in {@code Retry-After} are read, and another source of chance. */
    public Backoff with(InstantSource otherClock, RandomGenerator otherRandom) {
        return new Backoff(first, longest, attempts, otherClock, otherRandom);
    }

    /**
     * What to do after an answer. Refused are 429 and 503; every other status is an answer.
     *
     * @param attempt how often the request was sent, 1 the first time
     */
    public Advice after(int attempt, HttpResponse<?> response) {
        boolean refused = response.statusCode() == 429 || response.statusCode() == 503;
        if (!refused) {
            return pace(response);
        }
        Optional<Duration> asked =
                response.headers().firstValue("Retry-After").flatMap(text -> RetryAfter.parse(text, clock.instant()));
        return asked.map(wait -> asked(attempt, wait)).orElseGet(() -> unanswered(attempt));
    }

    /**
     * What to do after a request that got no answer.
     *
     * @param attempt how often the request was sent, 1 the first time
     */
    public Advice unanswered(int attempt) {
        return attempt >= attempts ? spent() : new Advice.Retry(jittered(step(attempt)));
    }

    private Advice asked(int attempt, Duration wait) {
        if (wait.compareTo(longest) > 0) {
            return new Advice.GiveUp(
                    "the service asks to wait " + wait.toSeconds() + " s, longer than " + longest.toSeconds() + " s");
        }
        // All clients were told to come back then; a little later each is a little better for all of them.
        Duration later = jittered(step(attempt));
        return attempt >= attempts ? spent() : new Advice.Retry(shorter(wait.plus(later), longest));
    }

    private Advice pace(HttpResponse<?> response) {
        String fields = String.join(", ", response.headers().allValues("RateLimit"));
        return RateLimitField.parse(fields).stream()
                .filter(quota -> quota.remaining() == 0)
                .map(quota -> shorter(Duration.ofSeconds(quota.resetSeconds()), longest))
                .max(Duration::compareTo)
                .<Advice>map(Advice.Pace::new)
                .orElseGet(Advice.Proceed::new);
    }

    private Advice spent() {
        return new Advice.GiveUp("it was tried " + attempts + " times");
    }

    private Duration step(int attempt) {
        int doublings = Math.min(Math.max(attempt, 1) - 1, 22);
        return shorter(first.multipliedBy(1L << doublings), longest);
    }

    private Duration jittered(Duration most) {
        return Duration.ofNanos(random.nextLong(most.toNanos() + 1));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
