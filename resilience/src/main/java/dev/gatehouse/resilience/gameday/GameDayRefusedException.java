// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

/** A game day that cannot be played now: there is no such scenario, or another one is being played. */
public final class GameDayRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    GameDayRefusedException(String why) {
        super("resilience.gameday: " + why);
    }
}
