// SPDX-License-Identifier: Apache-2.0
/** Limits per account, address, route and cost. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.ratelimit;
