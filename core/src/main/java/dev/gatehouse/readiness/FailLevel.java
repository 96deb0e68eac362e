// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import java.util.Locale;

/** From where on a readiness report stops a release. */
public enum FailLevel {
    /** At what does not hold. */
    FAILED,
    /** Also at evidence that is too old. */
    STALE,
    /** Also at what the library itself could check and did not find out. */
    UNKNOWN;

    /** The level of this name, in any case; throws {@link IllegalArgumentException} for another. */
    public static FailLevel parse(String text) {
        for (FailLevel level : values()) {
            if (level.name().equals(text.toUpperCase(Locale.ROOT))) {
                return level;
            }
        }
        throw new IllegalArgumentException("fail level: was '" + text + "' but must be failed, stale or unknown");
    }

    boolean isReachedBy(ReadinessItem item) {
        return switch (item.status()) {
            case FAILED -> true;
            case STALE -> this != FAILED;
            case UNKNOWN -> this == UNKNOWN && item.requirement().automatic();
            default -> false;
        };
    }
}
