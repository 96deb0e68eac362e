// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** Decides what becomes of a job after an attempt: a function of the policy, the ending and the time. */
record Judge(JobPolicy policy, RandomGenerator random) {

    private static final int LONGEST_REASON = 500;
    private static final Duration LONGEST_PAUSE = Duration.ofDays(7);

    /** Whether a job whose age began then is too old to begin now. */
    boolean isTooOld(Instant countedFrom, Instant now) {
        return now.isAfter(countedFrom.plus(policy.maxAge()));
    }

    Step next(Claim claim, Ending ending, Instant now) {
        if (ending instanceof Ending.Answered answered) {
            return next(claim, answered.result(), now);
        }
        if (ending instanceof Ending.CutShort) {
            return new Step.Again(now, claim.failures(), "cut short, for the instance went down");
        }
        if (ending instanceof Ending.Unreadable) {
            return new Step.Bury(claim.failures(), "stored in a form that cannot be read");
        }
        if (ending instanceof Ending.Expired) {
            return new Step.Bury(claim.failures(), "older than " + policy.maxAge() + " before an attempt could begin");
        }
        return failed(claim, reason(ending), Duration.ZERO, now);
    }

    private Step next(Claim claim, JobResult result, Instant now) {
        if (result instanceof JobResult.Later later) {
            return failed(claim, later.reason(), later.pause().orElse(Duration.ZERO), now);
        }
        if (result instanceof JobResult.Dead dead) {
            return new Step.Bury(claim.attempt(), bounded(dead.reason()));
        }
        return new Step.Remove();
    }

    private Step failed(Claim claim, String reason, Duration least, Instant now) {
        if (claim.attempt() >= policy.attempts()) {
            return new Step.Bury(claim.attempt(), bounded(reason));
        }
        Duration own = policy.backoff().pause(claim.attempt(), random);
        Duration pause = least.compareTo(own) > 0 ? least : own;
        Instant at = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        return new Step.Again(at, claim.attempt(), bounded(reason));
    }

    private String reason(Ending ending) {
        if (ending instanceof Ending.TimedOut) {
            return "took longer than " + policy.timeout();
        }
        return ending instanceof Ending.Threw threw
                ? names(threw.cause())
                : "its instance vanished in the middle of it";
    }

    // The types only: messages quote customers, and this is kept and shown. The log has the whole.
    private static String names(Throwable cause) {
        StringBuilder names = new StringBuilder(cause.getClass().getName());
        Throwable inner = cause.getCause();
        for (int i = 0; i < 5 && inner != null; i++, inner = inner.getCause()) {
            names.append(", caused by ").append(inner.getClass().getName());
        }
        return names.toString();
    }

    private static String bounded(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }
}
