// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.Run.Status;
import dev.gatehouse.backup.schedule.RunLease;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets one process of a fleet do a run. One at a time here, too. */
final class Turns {

    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    private final Settings settings;
    private final Runnable refresh;
    private volatile Optional<RunLease.Held> held = Optional.empty();

    Turns(Settings settings, Runnable refresh) {
        this.settings = settings;
        this.refresh = refresh;
    }

    /** The run that was done; empty when it was not wanted any more, or is another process's. */
    Optional<Run> take(Ask ask, Run begun, Supplier<Run> work) {
        String what = settings.source().name() + "/" + ask.kind();
        Optional<RunLease.Held> mine = settings.operations().lease().take(what);
        if (mine.isEmpty()) {
            LOG.info(
                    "another process does the {} of {}",
                    ask.kind(),
                    settings.source().name());
            return ask.insists() ? Optional.of(elsewhere(begun)) : Optional.empty();
        }
        try (RunLease.Held lease = mine.get()) {
            held = Optional.of(lease);
            return isWanted(ask) ? Optional.of(work.get()) : Optional.empty();
        } finally {
            held = Optional.empty();
        }
    }

    /** Another process may have finished one since it was found to be due here. */
    private boolean isWanted(Ask ask) {
        if (!ask.insists()) {
            refresh.run();
        }
        return ask.wanted().getAsBoolean();
    }

    private static Run elsewhere(Run begun) {
        return new Run(
                begun.id(),
                begun.kind(),
                Status.FAILED,
                begun.startedAt(),
                0,
                0,
                begun.backup(),
                "another process does one now, or the lease's database does not answer; see the list, or try again");
    }

    void renew() {
        held.ifPresent(RunLease.Held::renew);
    }
}
