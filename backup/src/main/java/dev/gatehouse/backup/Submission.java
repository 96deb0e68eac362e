// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

/** How the request for a run was taken. */
public sealed interface Submission {

    /**
     * It will run, or runs already.
     *
     * @param id the run's ID
     */
    record Accepted(String id) implements Submission {}

    /**
     * It will not run.
     *
     * @param reason why, for people: too many wait already, or this is closing
     */
    record Refused(String reason) implements Submission {}
}
