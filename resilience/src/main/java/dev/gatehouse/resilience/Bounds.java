// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.time.Duration;

/** Refuses settings that are out of bounds, naming place, value and rule. */
final class Bounds {

    private Bounds() {}

    static void require(String place, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "resilience." + place + ": was " + value + " but must be " + least + " to " + most);
        }
    }

    static void require(String place, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "resilience." + place + ": was " + value + " but must be " + least + " to " + most);
        }
    }
}
