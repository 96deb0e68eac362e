// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

/** How a feature stands, from good to bad. */
public enum FeatureState {
    /** All that it needs is there. */
    UP(0),
    /** It works, but not as well or not at once. */
    DEGRADED(1),
    /** It does not work, or was turned off. */
    OFF(2);

    private final int level;

    FeatureState(int level) {
        this.level = level;
    }

    /** For a gauge: 0 up, 1 degraded, 2 off. */
    int level() {
        return level;
    }

    FeatureState worse(FeatureState other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** {@code up}, {@code degraded}, {@code off}. */
    public String word() {
        return switch (this) {
            case UP -> "up";
            case DEGRADED -> "degraded";
            case OFF -> "off";
        };
    }
}
