// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.abuse;

/**
 * A key that was refused often.
 *
 * @param kind what the key is: {@code address}, {@code account} and so on
 * @param key the address or opaque ID, or a digest of what must not be shown
 * @param refusals how often at most, in the last ten to twenty minutes
 * @param atLeast how often at least
 */
public record Offender(String kind, String key, long refusals, long atLeast) {}
