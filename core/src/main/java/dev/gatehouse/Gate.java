// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.http.Interceptor;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.readiness.ReadinessCheck;
import java.util.List;

/**
 * One thing that a system must pass before it is called production-ready, as a component that {@link Gatehouse} starts,
 * asks, drains and closes. A gate is a thin shell: what it does works alone too, built by its own builder.
 *
 * <p>Its health checks, readiness checks and interceptors are collected once, when the facade is built and before anything
 * starts; its panels whenever a console asks.
 */
public interface Gate extends AutoCloseable {

    /** Unique within the application: {@code auth}, {@code ratelimit}. */
    String name();

    /** Starts what runs by itself; throws with a reason when it cannot, and then holds nothing open. */
    default void start() {}

    /** What operators may ask about its health. */
    default List<HealthCheck> health() {
        return List.of();
    }

    /** What the readiness report asks it. */
    default List<ReadinessCheck> readiness() {
        return List.of();
    }

    /** Its steps in the pipeline. */
    default List<Interceptor> interceptors() {
        return List.of();
    }

    /** What it shows to the consoles. */
    default List<Panel> panels() {
        return List.of();
    }

    /** Finishes work in progress, returning when done or when {@code until} has passed. */
    default void drain(Deadline until) {}

    /** Releases everything; called once, after a successful start only. */
    @Override
    default void close() {}
}
