// SPDX-License-Identifier: Apache-2.0
/** How customers ask for higher limits, how operators grant them, and how every instance learns of it within a second. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.ratelimit.higher;
