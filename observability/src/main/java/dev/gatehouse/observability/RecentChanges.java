// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability;

import dev.gatehouse.insight.ChangeSink;
import dev.gatehouse.observability.log.Masking;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * The last 100 changes, in memory: what just changed. Older ones are forgotten; what must be kept goes to the audit log.
 * Thread-safe.
 */
public final class RecentChanges implements ChangeSink {

    /** How many changes are kept. */
    public static final int CAPACITY = 100;

    private static final int LENGTH = 300;

    private final InstantSource clock;
    private final Deque<Entry> entries = new ArrayDeque<>();

    RecentChanges(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void record(Change change) {
        String what = Masking.mask(change.what());
        String bounded = what.length() > LENGTH ? what.substring(0, LENGTH) + "…" : what;
        Entry entry = new Entry(clock.instant(), new Change(change.kind(), bounded, change.actor()));
        synchronized (entries) {
            if (entries.size() == CAPACITY) {
                entries.removeFirst();
            }
            entries.addLast(entry);
        }
    }

    /** The changes kept, newest first. */
    public List<Entry> newestFirst() {
        List<Entry> copy;
        synchronized (entries) {
            copy = new ArrayList<>(entries);
        }
        Collections.reverse(copy);
        return List.copyOf(copy);
    }

    /**
     * A change and its time.
     *
     * @param at when it was recorded
     * @param change what changed; text beyond 300 characters is cut and what looks like a secret masked
     */
    public record Entry(Instant at, Change change) {}
}
