// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The buckets of one kind of key. A key's buckets lie in one segment, so that they are decided on under one lock. A bucket
 * is known by 64 bits of a keyed hash: two of a million keys share one with a probability of 1 in 30 million, and then
 * they share what they may use.
 */
final class KeyTable {

    private static final int BUCKETS_A_SEGMENT = 256;
    private static final int MOST_SEGMENTS = 16_384;

    private final Segment[] segments;
    private final int maxKeys;
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger sweeper = new AtomicInteger();
    private final SharedBuckets shared = new SharedBuckets();
    private final LongAdder overflows = new LongAdder();

    KeyTable(int maxKeys) {
        this.maxKeys = maxKeys;
        int count = Math.max(1, Math.min(MOST_SEGMENTS, maxKeys / BUCKETS_A_SEGMENT));
        segments = new Segment[Integer.highestOneBit(count)];
        for (int i = 0; i < segments.length; i++) {
            segments[i] = new Segment();
        }
    }

    int held() {
        return held.get();
    }

    /** Decisions on shared buckets. */
    long overflows() {
        return overflows.sum();
    }

    /**
     * Takes or charges units.
     *
     * @param key the key's hash
     * @param forced whether the units are charged even where they are not there
     */
    Decision decide(long key, List<Limit> limits, long units, boolean forced, long nowNanos) {
        Segment segment = segments[(int) (key >>> 40) & segments.length - 1];
        segment.lock();
        try {
            long now = segment.time(nowNanos);
            Decision known = limits.size() == 1 && !forced ? segment.take(key, limits, units, now) : null;
            return known != null ? known : decide(segment, new Request(key, limits, units, forced), now);
        } finally {
            count(segment);
            segment.unlock();
        }
    }

    private Decision decide(Segment segment, Request request, long now) {
        long[] owed = new long[request.limits().size()];
        int missing = segment.read(request, now, owed);
        if (!request.forced() && !Gcra.fits(owed, request.limits(), request.units())) {
            return Decision.refused(request.limits(), request.units(), owed);
        }
        if (missing > 0 && !hasRoom(segment, request.units() > 0 ? missing : 0, now)) {
            overflows.increment();
            return request.decideAsNewcomer(segment, shared, now);
        }
        if (request.units() != 0) {
            segment.write(request, now, owed);
        }
        return Decision.allowed(request.limits(), owed);
    }

    /**
     * Counts what is in a segment. A bucket that was full may have been dropped to make room for another one of its key and
     * made again at once, so that nobody reserved its place: what is there decides.
     */
    private void count(Segment segment) {
        int more = segment.uncounted();
        if (more != 0) {
            held.addAndGet(more);
        }
    }

    /** Whether there is room for so many more buckets, which is taken then; makes room where buckets are full again. */
    private boolean hasRoom(Segment own, int buckets, long now) {
        if (reserve(own, buckets)) {
            return true;
        }
        own.sweep(now);
        count(own);
        if (reserve(own, buckets)) {
            return true;
        }
        sweepAnother(now);
        return reserve(own, buckets);
    }

    private boolean reserve(Segment own, int buckets) {
        if (held.addAndGet(buckets) <= (buckets == 0 ? maxKeys - 1 : maxKeys)) {
            own.count(buckets);
            return true;
        }
        held.addAndGet(-buckets);
        return false;
    }

    /** Sweeps the next segment in turn, unless somebody uses it: who waits for one lock while holding another may wait. */
    private void sweepAnother(long now) {
        Segment next = segments[sweeper.getAndIncrement() & segments.length - 1];
        if (next.tryLock()) {
            try {
                next.sweep(now);
                count(next);
            } finally {
                next.unlock();
            }
        }
    }
}
