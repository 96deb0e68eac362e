// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

/**
 * The {@code traceparent} of W3C Trace Context level 2: which trace this work belongs to and which span is its parent.
 *
 * @param traceId 32 lower-case hex digits, not all zero
 * @param spanId 16 lower-case hex digits, not all zero
 * @param flags bit 0 sampled, bit 1 random trace ID; other bits are dropped when sent on
 */
public record TraceParent(String traceId, String spanId, int flags) {}
