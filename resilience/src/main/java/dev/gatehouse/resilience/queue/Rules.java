// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.time.Duration;
import java.util.regex.Pattern;

/** Refuses settings and jobs that are out of bounds, naming place, value and rule. */
final class Rules {

    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private Rules() {}

    static void require(String place, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "resilience.queue." + place + ": was " + value + " but must be " + least + " to " + most);
        }
    }

    static void require(String place, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "resilience.queue." + place + ": was " + value + " but must be " + least + " to " + most);
        }
    }

    static void requireKind(String kind) {
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("resilience.queue.kind: was '" + kind
                    + "' but must be 1 to 40 lower-case letters, digits and hyphens, a letter first");
        }
    }
}
