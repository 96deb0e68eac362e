// SPDX-License-Identifier: Apache-2.0
/** The contract of a limit store, held on Bucket4j. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.ratelimit.bucket4j;
