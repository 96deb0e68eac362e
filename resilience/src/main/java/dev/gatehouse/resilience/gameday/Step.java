// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

import java.time.Duration;

/**
 * One thing a scenario looks at.
 *
 * @param what its name, for people
 * @param within how soon it must hold
 * @param check looks
 */
record Step(String what, Duration within, Check check) {}
