// SPDX-License-Identifier: Apache-2.0
/** The readiness report: per requirement a state with evidence, risk and next step. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.readiness;
