// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What a watch does.
 *
 * @param threshold from which on a statement is slow
 * @param statements how many are told apart
 * @param clock dates the slowest
 * @param ticker measures
 */
record SqlWatchSettings(Duration threshold, int statements, InstantSource clock, Ticker ticker) {

    SqlWatchSettings {
        if (threshold.compareTo(Duration.ofMillis(1)) < 0 || threshold.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException(
                    "observability.sql.threshold: was " + threshold + " but must be PT0.001S to PT1M");
        }
        if (statements < 10 || statements > 1_000) {
            throw new IllegalArgumentException(
                    "observability.sql.statements: was " + statements + " but must be 10 to 1000");
        }
    }
}
