// SPDX-License-Identifier: Apache-2.0
/** The facade that wires the chosen gates together, the {@link dev.gatehouse.Gate} SPI, health and the lifecycle. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse;
