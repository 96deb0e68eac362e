// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.List;

/**
 * Whom to count, against what.
 *
 * @param key finds the key of a request
 * @param limits at least one
 */
record LimitRule(KeySource key, List<Limit> limits) {

    LimitRule {
        limits = List.copyOf(limits);
    }

    /** Units that a bucket of each of the limits holds. */
    long smallestBurst() {
        return limits.stream().mapToLong(Limit::burst).min().orElse(Long.MAX_VALUE);
    }
}
