// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.context.RequestContext;
import java.util.concurrent.Executor;

/** What the forms of a guard share. */
final class GuardParts implements Watchdog.Means {

    private final GuardSettings settings;
    private final GuardWorld world;
    private final GuardMeters meters;
    private final Circuit circuit;
    private final Verdicts verdicts;
    private final GuardBulkhead bulkhead;
    private final Watchdog watchdog;
    private final RetryBudget retryBudget;
    private final Retrying retrying;
    private final Executor executor;
    private final long timeout;
    private final long budget;

    GuardParts(GuardSettings settings, GuardWorld world) {
        this.settings = settings;
        this.world = world;
        meters = new GuardMeters(settings.name(), world.meters());
        circuit = new Circuit(settings, world.ticker());
        verdicts = new Verdicts(settings, circuit);
        bulkhead = new GuardBulkhead(settings);
        // tries, and asynchronous calls that pause or wait
        int most = 2 * settings.maxConcurrent() + settings.maxWaiting();
        watchdog = new Watchdog(
                world.threads().apply("gatehouse-guard-" + settings.name()),
                most,
                world.ticker(),
                this,
                world.watchdogIdle());
        retryBudget = new RetryBudget(settings.retries().sharePercent());
        retrying = new Retrying(settings, retryBudget, world.random(), meters);
        executor = world.executor() == null ? GuardThreads.of(settings.name()) : world.executor();
        timeout = settings.timeout().toNanos();
        budget = settings.budget().toNanos();
    }

    GuardSettings settings() {
        return settings;
    }

    GuardWorld world() {
        return world;
    }

    GuardMeters meters() {
        return meters;
    }

    Circuit circuit() {
        return circuit;
    }

    Verdicts verdicts() {
        return verdicts;
    }

    GuardBulkhead bulkhead() {
        return bulkhead;
    }

    Watchdog watchdog() {
        return watchdog;
    }

    Retrying retrying() {
        return retrying;
    }

    Executor executor() {
        return executor;
    }

    long now() {
        return world.ticker().nanos();
    }

    /** Begins a call: it earns its share of a retry, and must end by the returned point in time. */
    long endOfCall(long now) {
        retryBudget.earn();
        return now + Math.min(budget, remainingOfCaller());
    }

    /** How long a try may take that begins now. */
    long allowance(long now, long end) {
        return Math.min(timeout, end - now);
    }

    private static long remainingOfCaller() {
        Deadline deadline = RequestContext.current().deadline().orElse(null);
        long request = deadline == null ? Long.MAX_VALUE : deadline.remainingNanos();
        return Math.min(request, Attempt.remainingOfCurrent());
    }

    @Override
    public void run(Runnable task) {
        GuardThreads.run(executor, task);
    }

    @Override
    public void tryToRun(Runnable task) {
        GuardThreads.offer(executor, task);
    }

    @Override
    public void overran() {
        meters.overran();
    }
}
