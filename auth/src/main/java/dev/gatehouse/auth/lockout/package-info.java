// SPDX-License-Identifier: Apache-2.0
/** Attempts reserved before the work they guard, and the devices that keep a budget of their own, and signals of patterns over many accounts. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.auth.lockout;
