// SPDX-License-Identifier: Apache-2.0
/** Scenarios in which a dependency is made to fail, played on the running application and kept as evidence. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.resilience.gameday;
