// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import com.github.kagkarlsson.scheduler.task.Execution;

/**
 * A job that this instance has picked to run. Whoever else takes it over, because this instance seemed dead, raises the
 * version: then nothing that is done with this claim has an effect any more.
 *
 * @param kind which handler does it
 * @param id its ID, the idempotency key
 * @param version the row's version as this instance picked it
 * @param failures how many attempts came before
 */
record Claim(String kind, String id, long version, int failures) {

    static Claim of(Execution picked) {
        return new Claim(picked.getTaskName(), picked.getId(), picked.version, picked.consecutiveFailures);
    }

    /** The number of the attempt that this claim is for. */
    int attempt() {
        return failures + 1;
    }
}
