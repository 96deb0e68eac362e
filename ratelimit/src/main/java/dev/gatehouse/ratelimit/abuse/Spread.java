// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.abuse;

/**
 * An account that came from many places within minutes: shared, stolen, or a bot behind proxies.
 *
 * @param account its opaque ID
 * @param places how many IPv4 addresses and IPv6 /64 it came from, counted up to 32
 */
public record Spread(String account, int places) {}
