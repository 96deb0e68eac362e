// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

/** Tells how circuits stand. */
@FunctionalInterface
public interface Circuits {

    /** Whether calls to this dependency are rejected now, or only tried; false for one that nobody guards. */
    boolean isOpen(String dependency);
}
