// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.time.Duration;

/**
 * How often an instance looks for work and gives a sign of life.
 *
 * @param instance its name, unique among the instances
 * @param polling how often it looks for work that others have enqueued, or that is due again
 * @param heartbeat how often it gives a sign of life for each job it runs; four missed ones make the job another's
 * @param head for how long a due job is left to the instance that enqueued it, in whole seconds
 */
record Pace(String instance, Duration polling, Duration heartbeat, Duration head) {

    Pace {
        Rules.require("polling", polling, Duration.ofMillis(10), Duration.ofMinutes(1));
        Rules.require("heartbeat", heartbeat, Duration.ofMillis(50), Duration.ofMinutes(1));
        Rules.require("preferOwn", head, Duration.ZERO, Duration.ofMinutes(1));
    }

    /** What a pick adds to its condition: jobs of others are left to them for a while. */
    String ownOrLeft() {
        return head.isZero()
                ? ""
                : " AND (enqueued_by = '" + instance + "' OR execution_time <= CURRENT_TIMESTAMP - INTERVAL '"
                        + head.toSeconds() + "' SECOND)";
    }
}
