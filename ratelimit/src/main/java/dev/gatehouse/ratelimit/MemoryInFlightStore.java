// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Counts requests in flight in this JVM. Never waits. Thread-safe. Holds no more permits in all than it was built for:
 * beyond that, everybody is refused, for then that many requests are being worked on already.
 */
public final class MemoryInFlightStore implements InFlightStore {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Ticker ticker;
    private final int maxPermits;
    private final Map<Place, Map<Long, Long>> endsOfLeases = new HashMap<>();
    private int held;
    private long lastId;

    /**
     * A store without permits out.
     *
     * @param ticker counts the time
     * @param maxPermits how many permits may be out in all, 1 to 1,000,000
     */
    public MemoryInFlightStore(Ticker ticker, int maxPermits) {
        if (maxPermits < 1 || maxPermits > 1_000_000) {
            throw new IllegalArgumentException("ratelimit: maxPermits was " + maxPermits + " but must be 1 to 1000000");
        }
        this.ticker = ticker;
        this.maxPermits = maxPermits;
    }

    @Override
    public synchronized Permit acquire(LimitKey key, InFlightLimit limit) {
        long now = ticker.nanos();
        Place place = new Place(key, limit.name());
        expire(place, now);
        if (held >= maxPermits) {
            expireAll(now);
        }
        Map<Long, Long> ends = endsOfLeases.getOrDefault(place, Map.of());
        if (ends.size() >= limit.permits()) {
            long first =
                    ends.values().stream().mapToLong(end -> end - now).min().orElse(0);
            return new Permit.Refused(Duration.ofNanos(first));
        }
        return held >= maxPermits ? new Permit.Refused(SOON) : grant(place, limit, now);
    }

    @Override
    public synchronized boolean renew(Permit.Held permit) {
        long now = ticker.nanos();
        Place place = new Place(permit.key(), permit.limit().name());
        expire(place, now);
        Map<Long, Long> ends = endsOfLeases.get(place);
        return ends != null
                && ends.computeIfPresent(
                                permit.id(),
                                (id, end) -> now + permit.limit().lease().toNanos())
                        != null;
    }

    @Override
    public synchronized void release(Permit.Held permit) {
        Place place = new Place(permit.key(), permit.limit().name());
        Map<Long, Long> ends = endsOfLeases.get(place);
        if (ends != null && ends.remove(permit.id()) != null) {
            held--;
            forgetIfEmpty(place, ends);
        }
    }

    /** How many permits are out. */
    public synchronized int held() {
        return held;
    }

    private Permit grant(Place place, InFlightLimit limit, long now) {
        Map<Long, Long> ends = endsOfLeases.computeIfAbsent(place, p -> new HashMap<>());
        ends.put(++lastId, now + limit.lease().toNanos());
        held++;
        return new Permit.Held(place.key(), limit, lastId, ends.size());
    }

    private void expire(Place place, long now) {
        Map<Long, Long> ends = endsOfLeases.get(place);
        if (ends != null) {
            drop(ends, now);
            forgetIfEmpty(place, ends);
        }
    }

    private void expireAll(long now) {
        for (Iterator<Map<Long, Long>> all = endsOfLeases.values().iterator(); all.hasNext(); ) {
            Map<Long, Long> ends = all.next();
            drop(ends, now);
            if (ends.isEmpty()) {
                all.remove();
            }
        }
    }

    private void drop(Map<Long, Long> ends, long now) {
        int before = ends.size();
        ends.values().removeIf(end -> end - now <= 0);
        held -= before - ends.size();
    }

    private void forgetIfEmpty(Place place, Map<Long, Long> ends) {
        if (ends.isEmpty()) {
            endsOfLeases.remove(place);
        }
    }

    private record Place(LimitKey key, String limit) {}
}
