// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.outbox;

import dev.gatehouse.Gate;
import dev.gatehouse.HealthCheck;
import dev.gatehouse.HealthStatus;
import dev.gatehouse.context.Deadline;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The outbox's workers as a gate of the shop's own: started, drained and closed with the others. */
public final class OutboxGate implements Gate {

    private static final long CROWDED = 1_000;

    private final Outbox outbox;
    private final List<OutboxWorker> workers;
    private final Runnable hourly;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "housekeeping");
        thread.setDaemon(true);
        return thread;
    });

    /** The gate of these workers on {@code outbox}, which also does {@code hourly} every hour. */
    public OutboxGate(Outbox outbox, Runnable hourly, OutboxWorker... workers) {
        this.outbox = outbox;
        this.hourly = hourly;
        this.workers = List.of(workers);
    }

    @Override
    public String name() {
        return "outbox";
    }

    @Override
    public void start() {
        workers.forEach(OutboxWorker::start);
        var unused = timer.scheduleWithFixedDelay(hourly, 1, 60, TimeUnit.MINUTES);
    }

    @Override
    public List<HealthCheck> health() {
        return List.of(HealthCheck.informing("outbox", this::depth));
    }

    private HealthStatus depth() {
        long waiting = workers.stream()
                .mapToLong(worker -> outbox.depth(worker.kind()))
                .sum();
        return waiting < CROWDED ? HealthStatus.up() : HealthStatus.degraded(waiting + " messages wait");
    }

    @Override
    public void drain(Deadline until) {
        workers.forEach(worker -> worker.drain(until));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.forEach(OutboxWorker::close);
    }
}
