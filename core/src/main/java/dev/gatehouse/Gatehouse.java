// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse;

import dev.gatehouse.HealthStatus.State;
import dev.gatehouse.context.Deadline;
import dev.gatehouse.http.Pipeline;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.readiness.Readiness;
import dev.gatehouse.readiness.ReadinessReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chosen gates, wired together: lifecycle, request pipeline, health and readiness.
 *
 * <p>Start it before the server and close it after; the server hands every request to {@link #pipeline()}. Thread-safe.
 */
public final class Gatehouse implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gatehouse.class);
    private static final HealthReport LIVE = new HealthReport(State.UP, List.of());

    private final List<Gate> gates;
    private final Lifecycle lifecycle;
    private final Pipeline pipeline;
    private final HealthBoard health;
    private final Drain drain;
    private final Readiness readiness;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Phase phase = Phase.NEW;

    private enum Phase {
        NEW,
        STARTING,
        OPEN,
        DRAINING,
        CLOSED
    }

    Gatehouse(GatehouseBuilder builder) {
        this.gates = builder.gates();
        this.lifecycle = new Lifecycle(gates);
        this.pipeline = builder.pipeline();
        this.health = builder.health();
        this.drain = builder.drain();
        this.readiness = builder.readiness(pipeline);
    }

    /** The facade of these gates, sinks first, for an application that serves no HTTP. */
    public static Gatehouse of(Gate... gates) {
        return builder().gates(gates).build();
    }

    /** Starts building one. */
    public static GatehouseBuilder builder() {
        return new GatehouseBuilder();
    }

    /**
     * Starts the gates in the order given. Throws {@link StartException}, naming the gate and the reason, when one does not
     * start, or when it is closed meanwhile; whatever had started is closed again then.
     */
    public void start() {
        if (!move(Phase.NEW, Phase.STARTING)) {
            throw new IllegalStateException("gatehouse: was started before");
        }
        try {
            lifecycle.start();
        } catch (StartException e) {
            close();
            throw e;
        }
        if (!move(Phase.STARTING, Phase.OPEN)) {
            throw new IllegalStateException("gatehouse: was closed while starting");
        }
    }

    /** What the server hands every request to. */
    public Pipeline pipeline() {
        return pipeline;
    }

    /** Whether this process is alive: it asks nothing, so that a lost dependency never has an instance killed. */
    public HealthReport liveness() {
        return LIVE;
    }

    /**
     * Whether requests should come here: down while draining or while a required check is down. Checks run in parallel
     * within their timeouts, and answers are kept for a second.
     */
    public HealthReport health() {
        List<HealthReport.Check> answers = new ArrayList<>(health.answers());
        Phase now = phase;
        HealthStatus serving = now == Phase.OPEN
                ? HealthStatus.up()
                : HealthStatus.down("the instance is " + now.name().toLowerCase(Locale.ROOT));
        answers.add(new HealthReport.Check("serving", true, serving));
        return HealthReport.of(answers);
    }

    /**
     * Which requirements hold now, by probing the running application: a few seconds of work, made anew at each call.
     */
    public ReadinessReport readiness() {
        return readiness.report();
    }

    /** What the gates show to the consoles, in their order. */
    public List<Panel> panels() {
        return gates.stream().flatMap(gate -> gate.panels().stream()).toList();
    }

    /**
     * Lets the application go away without losing a request: health turns down at once; after the pause in which balancers
     * notice, new requests are refused; requests in flight and the gates' own work then have the bounded wait to finish.
     *
     * @return whether every request had finished in time; true at once unless the instance is open
     */
    public boolean drain() {
        if (!move(Phase.OPEN, Phase.DRAINING)) {
            return true;
        }
        LOG.info("draining: health is down, new requests are refused in {}", drain.pause());
        pause();
        pipeline.refuseNew();
        Deadline until = Deadline.after(drain.grace());
        boolean idle = pipeline.awaitIdle(until);
        lifecycle.drain(until);
        LOG.info(idle ? "drained" : "drained, with requests left unfinished");
        return idle;
    }

    private void pause() {
        try {
            boolean closed = closing.await(drain.pause().toNanos(), TimeUnit.NANOSECONDS);
            LOG.debug("drain pause over, closed meanwhile: {}", closed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Refuses new requests and closes the gates in reverse. A drain in progress loses its pause. */
    @Override
    public synchronized void close() {
        closing.countDown();
        boolean wasOpen = phase != Phase.CLOSED;
        phase = Phase.CLOSED;
        if (wasOpen) {
            pipeline.refuseNew();
            lifecycle.close();
            health.close();
        }
    }

    private synchronized boolean move(Phase from, Phase to) {
        boolean moves = phase == from;
        if (moves) {
            phase = to;
        }
        return moves;
    }
}
