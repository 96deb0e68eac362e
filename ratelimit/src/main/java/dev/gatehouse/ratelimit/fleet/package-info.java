// SPDX-License-Identifier: Apache-2.0
/** What happens when the store that a fleet shares is slow or down: bounded waits, a chosen mode for each limit, a calm return. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.ratelimit.fleet;
