// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.time.Ticker;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Keeps what keys have used in this JVM, in a bounded space for each kind of key; buckets are full again after a restart.
 * Counts in elapsed time: setting the clock changes nothing. Never waits. Thread-safe.
 *
 * <p>A bucket is dropped only when it is full again: what is limited is never forgotten to make room. When a space is full
 * of buckets in use, keys not in it share one bucket per limit, so that an attacker who cycles keys neither evicts anybody
 * nor grows the heap; he takes from other newcomers of that kind only.
 */
public final class MemoryLimitStore implements LimitStore, KeySpace {

    private final Ticker ticker;
    private final long maxKeys;
    private final Map<LimitKey.Kind, Space> spaces = new EnumMap<>(LimitKey.Kind.class);

    /**
     * An empty store.
     *
     * @param ticker counts the time
     * @param maxKeys how many buckets of each kind of key are held at most, 1 to 10,000,000
     */
    public MemoryLimitStore(Ticker ticker, long maxKeys) {
        if (maxKeys < 1 || maxKeys > 10_000_000) {
            throw new IllegalArgumentException("ratelimit: maxKeys was " + maxKeys + " but must be 1 to 10000000");
        }
        this.ticker = ticker;
        this.maxKeys = maxKeys;
        for (LimitKey.Kind kind : LimitKey.Kind.values()) {
            spaces.put(kind, new Space());
        }
    }

    @Override
    public Decision take(LimitKey key, List<Limit> limits, long cost) {
        return space(key.kind()).take(key, limits, cost);
    }

    @Override
    public Decision charge(LimitKey key, List<Limit> limits, long units) {
        return space(key.kind()).charge(key, limits, units);
    }

    @Override
    public long held(LimitKey.Kind kind) {
        return space(kind).held();
    }

    @Override
    public long maxKeys() {
        return maxKeys;
    }

    @Override
    public long overflows(LimitKey.Kind kind) {
        return space(kind).overflows;
    }

    private Space space(LimitKey.Kind kind) {
        return Objects.requireNonNull(spaces.get(kind));
    }

    /** The buckets of one kind of key. */
    private final class Space {

        private final Map<Place, Long> states = new HashMap<>();
        private final Map<String, Long> shared = new HashMap<>();
        private volatile long overflows;

        synchronized long held() {
            return states.size();
        }

        synchronized Decision take(LimitKey key, List<Limit> limits, long cost) {
            long now = ticker.nanos();
            long[] owed = new long[limits.size()];
            boolean all = true;
            for (int i = 0; i < owed.length; i++) {
                owed[i] = Gcra.owed(state(key, limits.get(i)), limits.get(i), now);
                all &= Gcra.nanosToAdmit(owed[i], limits.get(i), cost) == 0;
            }
            if (!all && isShared(key, limits)) {
                overflows++;
                return Decision.refused(limits, cost, owed).on(Basis.SHARED_KEY);
            }
            if (!all) {
                return Decision.refused(limits, cost, owed);
            }
            return charge(key, limits, cost);
        }

        synchronized Decision charge(LimitKey key, List<Limit> limits, long units) {
            long now = ticker.nanos();
            long[] owed = new long[limits.size()];
            boolean overflowed = false;
            for (int i = 0; i < owed.length; i++) {
                Gcra.Step step = Gcra.charge(state(key, limits.get(i)), limits.get(i), units, now);
                owed[i] = step.owed();
                if (units != 0) {
                    overflowed |= keep(key, limits.get(i), step, now);
                }
            }
            overflows += overflowed ? 1 : 0;
            Decision decision = Decision.allowed(limits, owed);
            return overflowed ? decision.on(Basis.SHARED_KEY) : decision;
        }

        private boolean isShared(LimitKey key, List<Limit> limits) {
            return states.size() >= maxKeys
                    && !limits.stream().allMatch(limit -> states.containsKey(new Place(key, limit.name())));
        }

        private long state(LimitKey key, Limit limit) {
            Long own = states.get(new Place(key, limit.name()));
            if (own != null) {
                return own;
            }
            return states.size() < maxKeys ? Gcra.FULL : shared.getOrDefault(limit.name(), Gcra.FULL);
        }

        private boolean keep(LimitKey key, Limit limit, Gcra.Step step, long now) {
            Place place = new Place(key, limit.name());
            if (!states.containsKey(place) && states.size() >= maxKeys) {
                states.values().removeIf(state -> state <= now);
                if (states.size() >= maxKeys) {
                    shared.put(limit.name(), step.state());
                    return true;
                }
            }
            states.put(place, step.state());
            return false;
        }
    }

    private record Place(LimitKey key, String limit) {}
}
