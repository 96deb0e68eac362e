// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

/**
 * One step of the pipeline. Within a phase, core's own steps run first, then the gates' in the order of registration.
 *
 * <p>Implementations are thread-safe: one instance serves all exchanges. A {@code before} that throws becomes a 500 and
 * the application never runs.
 */
public interface Interceptor {

    /** Where this step stands. */
    Phase phase();

    /** Runs before the application, on the request's thread. Response headers are set here. */
    default Verdict before(Exchange exchange) {
        return Verdict.proceed();
    }

    /**
     * Runs once at the true end of the exchange, asynchronous ones too, for every {@code before} that ran, in reverse
     * order and possibly on another thread. What it throws is logged and changes nothing.
     */
    default void after(Exchange exchange, Completion completion) {}
}
