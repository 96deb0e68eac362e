// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

/**
 * Which of several jobs of one kind that are due begins first. Strict: while higher ones are due, lower ones wait. Kinds do
 * not wait for one another, since each has threads of its own.
 */
public enum JobPriority {
    /** After everything else. */
    LOW(10),
    /** As they come. */
    NORMAL(50),
    /** Before the others. */
    HIGH(90);

    private final int level;

    JobPriority(int level) {
        this.level = level;
    }

    int level() {
        return level;
    }
}
