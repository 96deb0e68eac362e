// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.guard;

/** Whether something that destroys data may run. */
public sealed interface Permission {

    /**
     * It may.
     *
     * @param reason what it rests on: the backup that was proven, or who lifted the guard and why
     */
    record Granted(String reason) implements Permission {}

    /**
     * It must not.
     *
     * @param reason why, and what to do first
     */
    record Refused(String reason) implements Permission {}
}
