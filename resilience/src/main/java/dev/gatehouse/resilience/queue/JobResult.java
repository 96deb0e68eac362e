// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.time.Duration;
import java.util.Optional;

/** How an attempt at a job went. Reasons are shown to operators: nothing secret, nothing of a customer. */
public sealed interface JobResult {

    /** It is done; the job is forgotten. */
    static JobResult done() {
        return new Done();
    }

    /** It did not work and is tried again after the kind's pause, as long as attempts and age allow. */
    static JobResult later(String reason) {
        return new Later(reason, Optional.empty());
    }

    /** It did not work and is tried again no sooner than {@code pause} from now: what a provider's Retry-After said. */
    static JobResult later(String reason, Duration pause) {
        return new Later(reason, Optional.of(pause));
    }

    /** It will never work; the job becomes a dead letter at once. */
    static JobResult dead(String reason) {
        return new Dead(reason);
    }

    /** It is done. */
    record Done() implements JobResult {}

    /**
     * It is to be tried again.
     *
     * @param reason why, for operators
     * @param pause the least pause before that
     */
    record Later(String reason, Optional<Duration> pause) implements JobResult {}

    /**
     * It is given up.
     *
     * @param reason why, for operators
     */
    record Dead(String reason) implements JobResult {}
}
