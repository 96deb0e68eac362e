// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import java.time.Instant;
import java.util.Optional;

/**
 * A feature that somebody turned off.
 *
 * @param feature which one
 * @param actor who: {@code account:ID}
 * @param reason why, for operators; users are told the feature's own sentence
 * @param since when
 * @param until when it ends by itself; empty when somebody must turn it on again
 */
public record FeatureSwitch(String feature, String actor, String reason, Instant since, Optional<Instant> until) {

    boolean isInForce(Instant now) {
        return until.isEmpty() || now.isBefore(until.get());
    }
}
