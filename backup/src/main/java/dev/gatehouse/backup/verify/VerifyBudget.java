// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.verify;

import java.time.Duration;

/**
 * What a verification may cost. It ends after the chunk with which either is used up, and goes on from there next time.
 *
 * @param bytes stored bytes that are read, at least 1
 * @param time how long chunks are read, at least a second
 */
public record VerifyBudget(long bytes, Duration time) {

    /** Refuses values out of their bounds. */
    public VerifyBudget {
        if (bytes < 1 || time.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("backup.verify: budget was " + bytes + " bytes and " + time
                    + " but must be at least 1 byte and PT1S");
        }
    }

    /** One gibibyte and ten minutes. */
    public static VerifyBudget standard() {
        return new VerifyBudget(1L << 30, Duration.ofMinutes(10));
    }

    /** As much as there is. */
    public static VerifyBudget unlimited() {
        return new VerifyBudget(Long.MAX_VALUE, Duration.ofDays(366));
    }
}
