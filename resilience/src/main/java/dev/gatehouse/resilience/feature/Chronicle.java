// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.insight.ChangeSink;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how features change: to the log, the meters and the changes at once, to the history when the store is there. */
final class Chronicle {

    /** How many lines of the history are kept. */
    static final int KEPT = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Chronicle.class);
    private static final Actor SELF = Actor.system("features");
    private static final int SHOWN = 50;
    private static final int MOST_UNWRITTEN = 200;

    private final FeatureWorld world;
    private final ReentrantLock one = new ReentrantLock();
    private final Map<String, Told> told = new HashMap<>();
    private final List<FeatureChange> unwritten = new ArrayList<>();
    private List<FeatureChange> written = List.of();

    Chronicle(FeatureWorld world) {
        this.world = world;
    }

    /** What was said of a feature last. */
    private record Told(FeatureState state, boolean byHand) {}

    /** Tells that a feature stands so now, if that is news. What people did is in the history already. */
    void tell(String feature, FeatureState state, String why, boolean byHand) {
        one.lock();
        try {
            Told before = told.put(feature, new Told(state, byHand));
            FeatureState was = before == null ? FeatureState.UP : before.state();
            if (was == state) {
                return;
            }
            String reason = why.isEmpty() ? "all that it needs is there" : why;
            LOG.warn("feature '{}': {} -> {}: {}", feature, was.word(), state.word(), reason);
            world.meters().changed(feature, state);
            if (!byHand && !(before != null && before.byHand())) {
                automatic(new FeatureChange(
                        world.clock().instant().truncatedTo(ChronoUnit.MILLIS),
                        feature,
                        state,
                        reason,
                        SELF.toString()));
            }
        } finally {
            one.unlock();
        }
    }

    private void automatic(FeatureChange change) {
        String what =
                "The feature '" + change.feature() + "' is " + change.state().word() + ": " + change.why();
        world.changes().record(new ChangeSink.Change("feature", what, SELF));
        if (unwritten.size() == MOST_UNWRITTEN) {
            unwritten.remove(0);
            world.meters().dropped();
        }
        unwritten.add(change);
    }

    /**
     * What a transaction wrote and read of the history.
     *
     * @param written what was new
     * @param read the newest lines; null when nothing can have changed
     */
    record Page(List<FeatureChange> written, @Nullable List<FeatureChange> read) {}

    /** Writes what is new, and reads the history if it may have changed; {@link #committed} comes after the commit. */
    Page write(FeatureUnit unit, boolean changedElsewhere) {
        List<FeatureChange> batch = batch();
        if (batch.isEmpty() && !changedElsewhere) {
            return new Page(batch, null);
        }
        for (FeatureChange change : batch) {
            // Another instance, or the process before this one, may have seen and written the same.
            if (!saysSo(unit.history(SHOWN), change)) {
                unit.add(change, KEPT);
            }
        }
        return new Page(batch, unit.history(SHOWN));
    }

    private static boolean saysSo(List<FeatureChange> history, FeatureChange change) {
        return history.stream()
                .filter(line -> line.feature().equals(change.feature()))
                .findFirst()
                .filter(line -> line.state() == change.state())
                .isPresent();
    }

    private List<FeatureChange> batch() {
        one.lock();
        try {
            return List.copyOf(unwritten);
        } finally {
            one.unlock();
        }
    }

    void committed(Page page) {
        one.lock();
        try {
            unwritten.removeAll(page.written());
            written = page.read() == null ? written : page.read();
        } finally {
            one.unlock();
        }
    }

    /** The newest lines, newest first, those that wait for the store included. */
    List<FeatureChange> history() {
        one.lock();
        try {
            List<FeatureChange> lines = new ArrayList<>(unwritten);
            Collections.reverse(lines);
            lines.addAll(written);
            return lines.stream().limit(SHOWN).toList();
        } finally {
            one.unlock();
        }
    }
}
