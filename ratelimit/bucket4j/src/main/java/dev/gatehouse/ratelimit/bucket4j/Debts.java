// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.bucket4j;

import dev.gatehouse.ratelimit.Limit;
import io.github.bucket4j.Bucket;

/** Nobody is locked out for longer than the limit in force would. */
final class Debts {

    private Debts() {}

    /** Forgives what a bucket is overdrawn beyond the debt of its new limit. */
    static void forgive(Bucket bucket, Limit limit) {
        long beyond = -limit.debt() - bucket.getAvailableTokens();
        if (beyond > 0) {
            bucket.addTokens(beyond);
        }
    }
}
