// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.readiness.ReadinessCheck;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * What every request passes. The interceptors run by {@link Phase}, core's own first within each: request ID, trace,
 * client address, deadline and security headers; measurement; origin check, body bounds and limits by address; then a
 * request that matches no route is refused; then identity, then limits by account, then permissions; and at last a route that
 * is not open to anyone and that nobody {@linkplain Exchange#admit() admitted} is refused.
 *
 * <p>It fails closed: whatever an interceptor or this class throws on the way becomes a 500, and the application does not
 * run. Driven by a server's adapter through {@link #enter}. Thread-safe.
 */
public final class Pipeline {

    private final Routes routes;
    private final PipelineSettings settings;
    private final InFlight inFlight = new InFlight();
    private final FailureLog failures;
    private final LongAdder closedAbruptly = new LongAdder();
    private final Semaphore lingerers;
    private final Interceptor[] steps;
    private final int stepsBeforeMatch;

    /** A pipeline of these interceptors, in the order of registration within each phase. */
    public Pipeline(Routes routes, List<Interceptor> interceptors, PipelineSettings settings) {
        this.routes = routes;
        this.settings = settings;
        this.failures = new FailureLog(settings.ticker());
        this.lingerers = new Semaphore(settings.lingering().connections());
        List<Interceptor> all = new ArrayList<>(List.of(
                new RequestIdentity(settings),
                new DrainCheck(inFlight),
                new OriginCheck(settings.publicOrigins()),
                new BodyBounds()));
        all.addAll(interceptors);
        all.sort(Comparator.comparing(Interceptor::phase)); // stable, so core's stay in front
        steps = all.toArray(new Interceptor[0]);
        stepsBeforeMatch = (int) all.stream()
                .filter(step -> step.phase().compareTo(Phase.EDGE) <= 0)
                .count();
    }

    /**
     * Takes one request in: runs everything that stands before the application, on this thread, and makes the request's
     * context current. The adapter then runs the application if the passage is open, and must {@linkplain
     * Passage#leave leave} on this thread in any case.
     */
    public Passage enter(ServerExchange server) {
        Match match = routes.match(server.method(), server.path());
        Passage passage = new Passage(this, new PipelineExchange(server, match, settings));
        inFlight.enter();
        passage.run();
        return passage;
    }

    /** How many requests are in progress, asynchronous ones included. */
    public int inFlight() {
        return inFlight.count();
    }

    /** How many connections were closed while the client still sent, because too many {@linkplain Lingering lingered}. */
    public long closedAbruptly() {
        return closedAbruptly.sum();
    }

    /** From now on, new requests are answered 503 and their connections closed; those in progress go on. */
    public void refuseNew() {
        inFlight.close();
    }

    /** Waits until no request is in progress; false when {@code until} came first or the thread was interrupted. */
    public boolean awaitIdle(Deadline until) {
        return inFlight.awaitIdle(until);
    }

    /** The check that these settings withstand common attacks (requirement G10), tried on a twin of this pipeline. */
    public ReadinessCheck selfTest(InstantSource clock) {
        return new ReadinessCheck(
                "G10", "common attacks are answered safely", () -> new PipelineSelfTest(settings, clock).run());
    }

    FailureLog failures() {
        return failures;
    }

    Optional<LingeringPlace> linger() {
        if (lingerers.tryAcquire()) {
            return Optional.of(new LingeringPlace(lingerers, settings.lingering()));
        }
        closedAbruptly.increment();
        return Optional.empty();
    }

    PipelineSettings settings() {
        return settings;
    }

    Interceptor step(int index) {
        return steps[index];
    }

    int steps() {
        return steps.length;
    }

    int stepsBeforeMatch() {
        return stepsBeforeMatch;
    }

    void left() {
        inFlight.leave();
    }
}
