// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is written down.
 *
 * @param kind which handler does it
 * @param id its ID, the idempotency key
 * @param due when it may begin
 * @param priority higher ones first
 * @param dedup its deduplication key
 * @param envelope the rest
 */
record NewJob(
        String kind,
        String id,
        Instant due,
        int priority,
        @Nullable String dedup,
        Envelope envelope) {}
