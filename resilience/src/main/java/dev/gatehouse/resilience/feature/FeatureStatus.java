// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import java.util.Optional;

/**
 * How a feature stands, for a page that lists them.
 *
 * @param feature which one
 * @param state how it stands
 * @param sentence what users are told in this state
 * @param why what makes it so, for operators; empty when it is up
 * @param turnedOff who turned it off, if somebody did
 */
public record FeatureStatus(
        String feature, FeatureState state, String sentence, String why, Optional<FeatureSwitch> turnedOff) {}
