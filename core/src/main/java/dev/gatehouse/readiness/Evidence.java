// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import java.time.Instant;

/**
 * What a finding rests on.
 *
 * @param what what was measured
 * @param value what it was, with the unit; never a secret
 * @param source what measured it
 * @param at when
 */
public record Evidence(String what, String value, String source, Instant at) {}
