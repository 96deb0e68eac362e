// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The statements that take most of the time, at most so many: the space-saving algorithm of Metwally, Agrawal and El Abbadi
 * (2005), by time. A statement that took more than 1/n of all time is in a table of n for certain, whatever else comes by;
 * who loses its place is counted among the others. Thread-safe.
 */
final class StatementTable {

    private final int capacity;
    private final Map<String, StatementStats> table = new ConcurrentHashMap<>();
    private final StatementStats others = new StatementStats("(all others)", 0);
    private final LongAdder evicted = new LongAdder();
    private final ReentrantLock changing = new ReentrantLock();

    StatementTable(int capacity) {
        this.capacity = capacity;
    }

    StatementStats of(String fingerprint) {
        StatementStats found = table.get(fingerprint);
        return found != null ? found : place(fingerprint);
    }

    private StatementStats place(String fingerprint) {
        changing.lock();
        try {
            long inherited = 0;
            if (!table.containsKey(fingerprint) && table.size() >= capacity) {
                inherited = evict();
            }
            long weight = inherited;
            return table.computeIfAbsent(fingerprint, text -> new StatementStats(text, weight));
        } finally {
            changing.unlock();
        }
    }

    private long evict() {
        Map.Entry<String, StatementStats> least = table.entrySet().stream()
                .min(Comparator.comparingLong(entry -> entry.getValue().weight()))
                .orElseThrow();
        table.remove(least.getKey());
        others.absorb(least.getValue());
        evicted.increment();
        return least.getValue().weight();
    }

    /** Those in the table, the one that took most time first; at the end all others together, if there are any. */
    List<StatementSummary> summaries() {
        List<StatementSummary> all = new ArrayList<>(table.values().stream()
                .map(StatementStats::summary)
                .sorted(Comparator.comparingLong(
                        (StatementSummary each) -> -each.times().total()))
                .toList());
        if (others.count() > 0) {
            all.add(others.summary());
        }
        return all;
    }

    long countOf(String fingerprint) {
        StatementStats found = table.get(fingerprint);
        return found == null ? 0 : found.count();
    }

    int size() {
        return table.size();
    }

    double evicted() {
        return evicted.sum();
    }
}
