// SPDX-License-Identifier: Apache-2.0
/** Limits on Bucket4j, for applications that have it already: in memory, or on any grid through its proxy manager. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.ratelimit.bucket4j;
