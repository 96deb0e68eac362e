// SPDX-License-Identifier: Apache-2.0
/** Who stands out among those that limits refuse, and which accounts suddenly come from many places. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.ratelimit.abuse;
