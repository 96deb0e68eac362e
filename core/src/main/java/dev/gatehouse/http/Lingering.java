// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.time.Duration;

/**
 * How an answer outlives a body that nobody read. A server that closes a connection on which the client still sends makes
 * the client's system throw the answer away. So the answer goes out at once with {@code Connection: close}, and what the
 * client still sends is read and thrown away, within these bounds, before the connection is closed (RFC 9112, section 9.6).
 * The request is over by then: it is not in flight, and a shutdown does not wait for it.
 *
 * @param bytes how much of one body is read away at most; above it the connection is closed
 * @param time how long that may take at most; after it the connection is closed
 * @param connections how many connections do this at once; those above are closed without it, and
 *     {@linkplain Pipeline#closedAbruptly() counted}
 */
public record Lingering(long bytes, Duration time, int connections) {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** 4 MiB, 10 seconds, 100 connections: above what clients send by mistake, below what makes an attack worthwhile. */
    public static final Lingering DEFAULT = new Lingering(4L << 20, Duration.ofSeconds(10), 100);

    /** Throws when a bound is negative, or the time none or above a minute. */
    public Lingering {
        require(bytes >= 0, "bytes was " + bytes + " but must be at least 0");
        require(
                time.toMillis() > 0 && time.compareTo(LONGEST) <= 0,
                "time was " + time + " but must be above 0 and at most " + LONGEST);
        require(connections >= 0, "connections was " + connections + " but must be at least 0");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("pipeline.lingering: " + rule);
        }
    }
}
