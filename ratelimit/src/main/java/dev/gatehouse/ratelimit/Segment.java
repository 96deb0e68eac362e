// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A part of the space for keys: an open-addressing table of fingerprints and states, two longs a bucket, under a lock that
 * is held for some nanoseconds. Everything but the lock's own verbs is called with the lock held.
 */
final class Segment {

    private static final VarHandle LOCKED;
    private static final long[] NOTHING = new long[2];
    private static final int LEAST_SLOTS = 8;

    static {
        try {
            LOCKED = MethodHandles.lookup().findVarHandle(Segment.class, "locked", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // read and written through the handle
    private int locked;

    private int used;
    private int counted;
    private long[] slots = NOTHING;
    private long clock = Long.MIN_VALUE;
    private long nextSweep = Long.MAX_VALUE;

    /**
     * Takes the lock. Who fails steps aside for some microseconds, in which the other can do a good deal with the lines of
     * memory it has: on a key that everybody wants, taking turns one by one is what costs.
     */
    void lock() {
        while (!tryLock()) {
            LockSupport.parkNanos(this, 1);
        }
    }

    boolean tryLock() {
        return LOCKED.compareAndSet(this, 0, 1);
    }

    void unlock() {
        LOCKED.setRelease(this, 0);
    }

    /**
     * The time to count with: {@code now}, or later when buckets have been dropped at a later time. A caller that stalled
     * after it read the time would else find its bucket gone and count a full one from the past.
     */
    long time(long now) {
        return Math.max(now, clock);
    }

    /** Takes from the only limit asked for, as most requests do; null when the key has no bucket here. */
    @Nullable Decision take(long key, List<Limit> only, long cost, long now) {
        Limit limit = only.get(0);
        int at = find(limit.print(key));
        if (at < 0) {
            return null;
        }
        long owed = Gcra.owed(slots[at + 1], limit, now);
        if (Gcra.nanosToAdmit(owed, limit, cost) > 0) {
            return Decision.refused(only, cost, owed);
        }
        long after = Gcra.charged(owed, limit, cost);
        slots[at + 1] = now + after;
        return Decision.allowed(only, after);
    }

    /** Reads what a key owes to each limit; how many of its buckets are not here, for being full. */
    int read(Request request, long now, long[] owed) {
        int missing = 0;
        for (int i = 0; i < owed.length; i++) {
            Limit limit = request.limits().get(i);
            int at = find(limit.print(request.key()));
            if (at < 0) {
                missing++;
            } else {
                owed[i] = Gcra.owed(slots[at + 1], limit, now);
            }
        }
        return missing;
    }

    /** Charges the key's buckets, of which {@code owed} was read, and says in it what is owed then. */
    void write(Request request, long now, long[] owed) {
        for (int i = 0; i < owed.length; i++) {
            Limit limit = request.limits().get(i);
            owed[i] = Gcra.charged(owed[i], limit, request.units());
            put(limit.print(request.key()), now + owed[i], now);
        }
    }

    /** The state of a bucket, full when it is not here. */
    long state(long print) {
        int at = find(print);
        return at < 0 ? Gcra.FULL : slots[at + 1];
    }

    boolean holds(long print) {
        return find(print) >= 0;
    }

    /** Sets the state of a bucket that is here; false when it is not. */
    boolean replace(long print, long state) {
        int at = find(print);
        if (at >= 0) {
            slots[at + 1] = state;
            nextSweep = Math.min(nextSweep, state);
        }
        return at >= 0;
    }

    /** Drops buckets that are full again, when there may be any. */
    void sweep(long now) {
        if (now >= nextSweep) {
            rebuild(now);
        }
    }

    /** So many more buckets have been counted by the table, and will be put here. */
    void count(int buckets) {
        counted += buckets;
    }

    /** How many more buckets there are than have been counted, fewer when negative; they are counted from now on. */
    int uncounted() {
        int more = used - counted;
        if (more != 0) {
            counted = used;
        }
        return more;
    }

    /** Sets the state of a bucket; one that is full needs no place. */
    private void put(long print, long state, long now) {
        if (!replace(print, state) && state > now) {
            insert(print, state, now);
        }
    }

    private int find(long print) {
        long[] table = slots;
        int mask = table.length - 2;
        for (int at = start(print, mask); ; at = at + 2 & mask) {
            long found = table[at];
            if (found == print) {
                return at;
            }
            if (found == 0) {
                return -1;
            }
        }
    }

    private void insert(long print, long state, long now) {
        if (4 * (used + 1) > 3 * (slots.length / 2)) {
            rebuild(now);
        }
        place(slots, print, state);
        used++;
        nextSweep = Math.min(nextSweep, state);
    }

    private void rebuild(long now) {
        int live = 0;
        for (int at = 0; at < slots.length; at += 2) {
            live += slots[at] != 0 && slots[at + 1] > now ? 1 : 0;
        }
        long[] table = new long[2 * capacityFor(live + 1)];
        nextSweep = Long.MAX_VALUE;
        for (int at = 0; at < slots.length; at += 2) {
            if (slots[at] != 0 && slots[at + 1] > now) {
                place(table, slots[at], slots[at + 1]);
                nextSweep = Math.min(nextSweep, slots[at + 1]);
            }
        }
        slots = table;
        used = live;
        clock = Math.max(clock, now);
    }

    /** Slots for so many buckets: at most half are used at first, so that rebuilding is worth its while. */
    private static int capacityFor(int buckets) {
        int slots = LEAST_SLOTS;
        while (2 * buckets > slots) {
            slots *= 2;
        }
        return slots;
    }

    private static void place(long[] table, long print, long state) {
        int mask = table.length - 2;
        int at = start(print, mask);
        while (table[at] != 0) {
            at = at + 2 & mask;
        }
        table[at] = print;
        table[at + 1] = state;
    }

    private static int start(long print, int mask) {
        return (int) print << 1 & mask;
    }
}
