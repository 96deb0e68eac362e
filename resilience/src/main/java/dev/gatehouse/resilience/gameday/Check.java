// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

/** Looks whether the application does what a scenario says. What it throws counts as not holding. */
@FunctionalInterface
public interface Check {

    /** Looks once; interrupted after 10 seconds, which counts as not holding. */
    Reading look() throws Exception;
}
