// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import dev.gatehouse.Gate;
import dev.gatehouse.HealthCheck;
import dev.gatehouse.context.Deadline;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.readiness.ReadinessCheck;
import java.util.List;

/**
 * Plugs a queue into the application: started, drained and closed with the other gates, its health, which informs and never
 * takes the instance out of service, its panel, and what the readiness report asks of it. Thread-safe.
 */
public final class QueueGate implements Gate {

    private final JobQueue queue;
    private final boolean works;

    private QueueGate(JobQueue queue, boolean works) {
        this.queue = queue;
        this.works = works;
    }

    /** The gate of a queue that does its jobs. */
    public QueueGate(JobQueue queue) {
        this(queue, true);
    }

    /** The gate of a queue that is looked at and never started: one on a copy of the data. */
    public static QueueGate watching(JobQueue queue) {
        return new QueueGate(queue, false);
    }

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public void start() {
        if (works) {
            queue.start();
        }
    }

    @Override
    public List<HealthCheck> health() {
        return works ? List.of(HealthCheck.informing("queue", new QueueHealth(queue))) : List.of();
    }

    @Override
    public List<ReadinessCheck> readiness() {
        return QueueReadiness.checks(queue);
    }

    @Override
    public List<Panel> panels() {
        return List.of(new QueuePanel(queue));
    }

    @Override
    public void drain(Deadline until) {
        queue.drain(until);
    }

    @Override
    public void close() {
        queue.close();
    }
}
