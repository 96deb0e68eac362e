// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

import java.time.Duration;

/**
 * What was seen in a game day.
 *
 * @param phase in which part
 * @param what the check's name
 * @param held whether it was as it should be
 * @param measured the figures, with their units
 * @param after how long after the part began
 */
public record Observation(Phase phase, String what, boolean held, String measured, Duration after) {}
