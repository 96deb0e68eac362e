// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

/**
 * How one limit stands for one key.
 *
 * @param name the limit's name
 * @param limit units refilled in each window
 * @param windowSeconds the window's seconds
 * @param remaining whole units left
 * @param resetSeconds seconds until the bucket is full again, rounded up; 0 when it is. In a refusal, for the limit that
 *     refused: seconds until the same request would be admitted
 */
public record LimitStatus(String name, long limit, long windowSeconds, long remaining, long resetSeconds) {

    static LimitStatus of(Limit limit, long remaining, long nanosToReset) {
        return new LimitStatus(
                limit.name(), limit.permits(), limit.window().toSeconds(), remaining, Seconds.roundedUp(nanosToReset));
    }
}
