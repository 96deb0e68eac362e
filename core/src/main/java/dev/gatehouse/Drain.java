// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse;

import java.time.Duration;

/**
 * How an instance goes away.
 *
 * @param pause between health turning down and new requests being refused, so that the balancer notices
 * @param grace at most this long for requests in flight and the gates' own work
 */
record Drain(Duration pause, Duration grace) {

    static final Drain DEFAULT = new Drain(Duration.ofSeconds(2), Duration.ofSeconds(10));

    Drain {
        if (pause.isNegative() || grace.isNegative()) {
            throw new IllegalArgumentException(
                    "gatehouse.drain: was " + pause + " and " + grace + " but neither may be negative");
        }
    }
}
