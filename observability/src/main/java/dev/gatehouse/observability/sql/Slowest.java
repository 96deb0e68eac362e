// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import java.time.Instant;

/**
 * The slowest execution of a statement, and whose it was.
 *
 * @param nanos how long it took
 * @param at when it ended
 * @param requestId of the request it was done for; empty outside of one
 * @param traceId of its trace; empty without one
 * @param route of the request, as {@code GET /orders/{id}}; empty when it is not known
 */
record Slowest(long nanos, Instant at, String requestId, String traceId, String route) {

    static final Slowest NONE = new Slowest(-1, Instant.EPOCH, "", "", "");
}
