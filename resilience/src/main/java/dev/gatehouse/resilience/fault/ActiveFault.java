// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.fault;

import dev.gatehouse.audit.Actor;
import java.time.Instant;

/**
 * A fault in force.
 *
 * @param number which injection it is, counted since the start
 * @param fault what it does, with its seed
 * @param by who injected it
 * @param until when it ends by itself
 */
public record ActiveFault(long number, Fault fault, Actor by, Instant until) {}
