// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

/**
 * What a check saw.
 *
 * @param holds whether it is as it should be
 * @param measured the figures, with their units, for people; cut to 300 characters
 */
public record Reading(boolean holds, String measured) {

    private static final int LONGEST = 300;

    /** Cuts what is too long to keep. */
    public Reading {
        measured = measured.length() > LONGEST ? measured.substring(0, LONGEST) : measured;
    }

    /** It is as it should be. */
    public static Reading good(String measured) {
        return new Reading(true, measured);
    }

    /** It is not. */
    public static Reading bad(String measured) {
        return new Reading(false, measured);
    }
}
