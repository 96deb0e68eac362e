// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import java.time.Instant;

/**
 * A line of a feature's history.
 *
 * @param at when
 * @param feature which one
 * @param state what it became
 * @param why what it was, or the operator's reason
 * @param actor who did it, or the instance that saw it
 */
public record FeatureChange(Instant at, String feature, FeatureState state, String why, String actor) {}
