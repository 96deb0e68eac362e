// SPDX-License-Identifier: Apache-2.0
/** Tests of what a fleet's limits do when their store is slow or down. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.ratelimit.fleet;
