// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.insight.ChangeSink;
import dev.gatehouse.jdbc.Tx;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Holds jobs back, on every instance: none of them is picked until somebody releases them; what runs already, ends. A
 * database that was restored from a backup holds jobs that were done since, and mails and payments must not be sent again
 * by accident. A restore marks its copy with {@link #mark}; a copy that is started somewhere else than at the queue's home
 * is marked by itself. What is enqueued after that is done. Thread-safe.
 */
public final class Quarantine {

    private final Home row;
    private final String home;
    private final InstantSource clock;
    private final ChangeSink changes;

    Quarantine(Workshop workshop, String home, ChangeSink changes) {
        this.row = new Home(workshop.table().jdbi());
        this.home = home;
        this.clock = workshop.clock();
        this.changes = changes;
    }

    /**
     * Holds back every job that is in the database of {@code tx} now: for a restore, before any application starts on its
     * copy. A queue that is held back as a whole stays so.
     */
    public static void mark(Tx tx, String reason, InstantSource clock) {
        Home.holdWhatIsThere(tx, reason, clock.instant());
    }

    /** Why the queue is held back; empty when it is not. */
    public Optional<String> reason() {
        return row.quarantined();
    }

    /** Holds everything back by hand, also what is enqueued from now on. */
    public void impose(String reason, Actor actor) {
        row.holdAll(reason, clock.instant());
        tell("the queue is held back: " + reason, actor);
    }

    /** Lets it go on, and makes this its home; false when it was not held back. */
    public boolean release(Actor actor) {
        boolean released = row.release(home);
        if (released) {
            tell("the queue is released from quarantine", actor);
        }
        return released;
    }

    /**
     * Makes dead letters of all jobs that are held back, to be looked at and retried one by one, and lets the queue go on;
     * answers how many.
     */
    public int giveUp(Actor actor) {
        int buried = row.quarantined()
                .map(reason -> new Burial(row.jdbi()).ofHeld("held back: " + reason, clock.instant()))
                .orElse(0);
        release(actor);
        return buried;
    }

    void enter() {
        if (!home.isEmpty()) {
            row.enter(home, clock.instant());
        }
    }

    private void tell(String what, Actor actor) {
        changes.record(new ChangeSink.Change("queue", what, actor));
    }
}
