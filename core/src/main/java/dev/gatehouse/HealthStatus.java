// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse;

/**
 * How something is.
 *
 * @param state up, degraded or down
 * @param detail why, for operators; empty when there is nothing to say
 */
public record HealthStatus(State state, String detail) {

    /** From good to bad. */
    public enum State {
        /** It works. */
        UP,
        /** It works in part. */
        DEGRADED,
        /** It does not work. */
        DOWN
    }

    /** It works. */
    public static HealthStatus up() {
        return new HealthStatus(State.UP, "");
    }

    /** It works in part. */
    public static HealthStatus degraded(String detail) {
        return new HealthStatus(State.DEGRADED, detail);
    }

    /** It does not work. */
    public static HealthStatus down(String detail) {
        return new HealthStatus(State.DOWN, detail);
    }
}
