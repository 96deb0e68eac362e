// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import dev.gatehouse.time.Ticker;
import java.time.InstantSource;

/** The world a cache works in: elapsed time, wall time for what outlives the process, counting. */
record StaleWorld(Ticker ticker, InstantSource clock, StaleMeters meters) {}
