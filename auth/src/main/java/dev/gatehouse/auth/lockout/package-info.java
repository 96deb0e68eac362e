// SPDX-License-Identifier: Apache-2.0
/** Attempts reserved before the work they guard, and the devices that keep a budget of their own. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.auth.lockout;
