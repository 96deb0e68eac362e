// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.readiness.Finding;

/** Every limit as declared. */
enum NoOverrides implements Overrides {
    INSTANCE;

    @Override
    public Limit of(String account, Limit limit) {
        return limit;
    }

    @Override
    public Finding check() {
        return Finding.failed("customers cannot ask for higher limits: give RateLimits a HigherLimits");
    }
}
