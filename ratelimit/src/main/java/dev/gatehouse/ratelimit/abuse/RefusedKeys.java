// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.abuse;

import dev.gatehouse.time.Ticker;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts refusals by key, in this window of time and the one before. Under a flood some refusals go uncounted rather than
 * wait for the lock; who stands out still does. Thread-safe.
 */
final class RefusedKeys {

    private static final int CAPACITY = 256;

    private final Ticker ticker;
    private final long windowNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final LongAdder missed = new LongAdder();
    private HeavyHitters now = new HeavyHitters(CAPACITY);
    private HeavyHitters before = new HeavyHitters(CAPACITY);
    private long began;

    RefusedKeys(Ticker ticker, long windowNanos) {
        this.ticker = ticker;
        this.windowNanos = windowNanos;
        this.began = ticker.nanos();
    }

    void add(String kind, String key) {
        if (!lock.tryLock()) {
            missed.increment();
            return;
        }
        try {
            turn();
            now.add(kind + ' ' + key);
        } finally {
            lock.unlock();
        }
    }

    List<Offender> top(int most) {
        lock.lock();
        try {
            turn();
            Map<String, Offender> all = new HashMap<>();
            List.of(before, now)
                    .forEach(window ->
                            window.counts().forEach(count -> all.merge(count.key, offender(count), RefusedKeys::sum)));
            return all.values().stream()
                    .sorted(Comparator.comparingLong(Offender::refusals).reversed())
                    .limit(most)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Which part of all refusals the most refused key had, 0 to 1. */
    double topShare() {
        List<Offender> top = top(1);
        lock.lock();
        try {
            long total = now.total() + before.total();
            return top.isEmpty() || total == 0 ? 0 : (double) top.get(0).refusals() / total;
        } finally {
            lock.unlock();
        }
    }

    long missed() {
        return missed.sum();
    }

    private void turn() {
        long passed = ticker.nanos() - began;
        if (passed >= windowNanos) {
            before = passed < 2 * windowNanos ? now : new HeavyHitters(CAPACITY);
            now = new HeavyHitters(CAPACITY);
            began += passed / windowNanos * windowNanos;
        }
    }

    private static Offender offender(HeavyHitters.Count count) {
        int blank = count.key.indexOf(' ');
        return new Offender(
                count.key.substring(0, blank), count.key.substring(blank + 1), count.atMost, count.atLeast());
    }

    private static Offender sum(Offender a, Offender b) {
        return new Offender(a.kind(), a.key(), a.refusals() + b.refusals(), a.atLeast() + b.atLeast());
    }
}
