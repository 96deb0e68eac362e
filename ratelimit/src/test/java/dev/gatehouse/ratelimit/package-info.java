// SPDX-License-Identifier: Apache-2.0
/** What the limits promise, and the attacks on it. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.ratelimit;
