// SPDX-License-Identifier: Apache-2.0
/** Limits that a fleet shares through Redis: one script call a decision, on the server's clock. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.ratelimit.redis;
