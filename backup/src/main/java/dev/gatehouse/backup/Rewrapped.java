// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import java.util.List;

/**
 * What became of wrapping a store's data keys with the present key.
 *
 * @param rewrapped how many were wrapped anew, or lost an older wrapping
 * @param current how many were wrapped with the present key already
 * @param failures a line for each that could not be; its older wrapping is still there
 */
public record Rewrapped(int rewrapped, int current, List<String> failures) {

    /** Freezes a copy. */
    public Rewrapped {
        failures = List.copyOf(failures);
    }

    /** Whether the older keys are of no more use. */
    public boolean complete() {
        return failures.isEmpty();
    }
}
