// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.context.RequestContext;
import dev.gatehouse.resilience.Outcome;
import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * At most one call a key at a time. Whoever comes first makes it on its own thread; the others wait for it, each as long as
 * it may. There are never more flights than threads that lead one. Thread-safe.
 */
final class Flights<K, V> {

    /** How many leaders may fail for reasons of their own before one who waited gives up instead of waiting on. */
    static final int LEADERS = 3;

    private final ConcurrentMap<K, Flight<V>> flights = new ConcurrentHashMap<>();
    private final Ticker ticker;

    Flights(Ticker ticker) {
        this.ticker = ticker;
    }

    /**
     * What a flight is for.
     *
     * @param call asks the dependency
     * @param landing is told what came of it, before anybody else may call again
     * @param waitAtMost how long to wait for somebody else's call
     * @param meters count
     */
    record Journey<K, V>(Supplier<Outcome<V>> call, Landing<K, V> landing, Duration waitAtMost, StaleMeters meters) {}

    /** Takes in what came of a call. */
    @FunctionalInterface
    interface Landing<K, V> {
        /** {@code own} says that a failure was only its caller's. */
        void take(K key, Outcome<V> outcome, boolean own);
    }

    Outcome<V> fly(K key, Journey<K, V> journey) {
        long started = ticker.nanos();
        long patience = patience(journey.waitAtMost());
        Flight<V> mine = new Flight<>();
        Flight<V> theirs = mine;
        for (int leader = 0; leader < LEADERS; leader++) {
            theirs = flights.putIfAbsent(key, mine);
            if (theirs == null) {
                journey.meters().called();
                return lead(key, mine, journey);
            }
            if (theirs.isLedByMe()) {
                // A read within its own call: it would wait for itself.
                return journey.call().get();
            }
            journey.meters().joined();
            if (theirs.await(patience - (ticker.nanos() - started)) instanceof Flight.Landed<V> landed) {
                return landed.outcome();
            }
        }
        return theirs.outcome();
    }

    private static long patience(Duration most) {
        long request = RequestContext.current()
                .deadline()
                .map(Deadline::remainingNanos)
                .orElse(Long.MAX_VALUE);
        return Math.min(most.toNanos(), request);
    }

    private Outcome<V> lead(K key, Flight<V> mine, Journey<K, V> journey) {
        try {
            Outcome<V> outcome = journey.call().get();
            land(key, mine, outcome, isOwn(outcome), journey.landing());
            return outcome;
        } catch (RuntimeException e) {
            land(key, mine, new Outcome.Failed<>(e), true, journey.landing());
            throw e;
        } catch (Error e) {
            land(key, mine, new Outcome.Failed<>(new ExecutionException(e)), true, journey.landing());
            throw e;
        }
    }

    /** Kept in one step with the end of the flight: {@link #abandon} comes before both or after both. */
    private void land(K key, Flight<V> mine, Outcome<V> outcome, boolean own, Landing<K, V> landing) {
        try {
            flights.computeIfPresent(key, (same, flight) -> {
                if (flight == mine) {
                    landing.take(key, outcome, own);
                    return null;
                }
                return flight;
            });
        } finally {
            flights.remove(key, mine);
            mine.land(outcome, own);
        }
    }

    /** Whether nobody else would have failed like this. */
    private static boolean isOwn(Outcome<?> outcome) {
        if (!(outcome instanceof Outcome.Unserved<?>)) {
            return false;
        }
        boolean late =
                RequestContext.current().deadline().map(Deadline::expired).orElse(false);
        boolean outOfTime =
                outcome instanceof Outcome.Rejected<?> rejected && rejected.why() == Outcome.Rejection.BUDGET;
        boolean interrupted = Thread.currentThread().isInterrupted()
                || (outcome instanceof Outcome.Failed<?> failed && failed.cause() instanceof InterruptedException);
        return late || outOfTime || interrupted;
    }

    /** Does {@code action} and lets nothing be kept of a call that is under way. */
    void abandon(K key, Runnable action) {
        flights.compute(key, (same, flight) -> {
            action.run();
            return null;
        });
    }
}
