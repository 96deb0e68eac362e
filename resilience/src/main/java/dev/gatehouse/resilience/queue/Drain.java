// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import dev.gatehouse.context.Deadline;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an instance go away: what is due is still done while time allows; in the last third of the time nothing more is
 * picked, so that what runs can end; what still runs at the deadline is interrupted and put back at once for others.
 */
record Drain(List<Lane> lanes, Workshop workshop, Pace pace) {

    private static final Logger LOG = LoggerFactory.getLogger(JobQueue.class);
    private static final Duration LOOK = Duration.ofMillis(20);

    void until(Deadline until) {
        Duration reserve = until.remaining().dividedBy(3);
        await(until, reserve, true);
        lanes.forEach(Lane::pause);
        await(until, Duration.ZERO, false);
    }

    private void await(Deadline until, Duration reserve, boolean withDue) {
        while (until.remaining().compareTo(reserve) > 0 && isBusy(withDue)) {
            if (withDue) {
                lanes.forEach(Lane::wake);
            }
            if (!workshop.closing().pause(LOOK)) {
                return;
            }
        }
    }

    // A job is picked a moment before a thread runs it: the table knows of both.
    private boolean isBusy(boolean withDue) {
        return lanes.stream().anyMatch(lane -> !lane.isIdle() || hasWork(lane, withDue));
    }

    private boolean hasWork(Lane lane, boolean withDue) {
        try {
            return workshop.table().holds(lane.kind(), pace.instance())
                    || (withDue
                            && workshop.table()
                                    .hasDue(lane.kind(), workshop.clock().instant(), pace));
        } catch (RuntimeException e) {
            LOG.warn("queue {}: the database did not say what is left to do: {}", lane.kind(), e.toString());
            return false;
        }
    }
}
