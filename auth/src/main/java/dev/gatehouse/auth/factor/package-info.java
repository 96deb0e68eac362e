// SPDX-License-Identifier: Apache-2.0
/** Second factors: one-time passwords and recovery codes. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.auth.factor;
