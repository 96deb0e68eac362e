// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

/** Whole seconds for the wire: rounded up, so that a client that obeys never comes back too early. */
final class Seconds {

    private static final long NANOS = 1_000_000_000L;

    private Seconds() {}

    static long roundedUp(long nanos) {
        return nanos / NANOS + (nanos % NANOS > 0 ? 1 : 0);
    }
}
