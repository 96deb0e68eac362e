// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.resilience.egress.Egress;
import java.time.InstantSource;
import java.util.function.IntPredicate;

/** Where HTTP may go, which statuses are failures, and what dates are compared with. */
record HttpRules(Egress egress, IntPredicate failing, InstantSource clock) {}
