// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.redis;

import dev.gatehouse.ratelimit.Limit;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the script on limits is told. Times are two numbers there, whole microseconds and the nanoseconds beyond them,
 * because a number of the script holds no more.
 */
final class Arguments {

    /** How many nanoseconds one of the script's whole numbers stands for. */
    static final int NANOS_A_MICRO = 1_000;

    private static final int EACH = 7;

    private final byte[][] all;
    private int next;

    private Arguments(String verb, int limits) {
        all = new byte[1 + limits * EACH][];
        add(verb);
    }

    /** Of {@code units} of each limit, whose number is bounded by what a bucket can hold. */
    static byte[][] of(String verb, List<Limit> limits, long units) {
        Arguments arguments = new Arguments(verb, limits.size());
        for (int i = 0; i < limits.size(); i++) {
            Limit limit = limits.get(i);
            long most = limit.burst() + limit.debt();
            arguments.add(limit.name());
            arguments.add(Math.max(-most, Math.min(most, units)) * limit.nanosAUnit());
            arguments.add(limit.nanosToFill());
            arguments.add(limit.mostOwed());
        }
        return arguments.all;
    }

    private void add(long nanos) {
        add(Long.toString(Math.floorDiv(nanos, NANOS_A_MICRO)));
        add(Long.toString(Math.floorMod(nanos, NANOS_A_MICRO)));
    }

    private void add(String text) {
        all[next++] = text.getBytes(StandardCharsets.US_ASCII);
    }
}
