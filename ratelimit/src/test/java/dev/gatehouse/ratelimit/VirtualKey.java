// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.time.Ticker;
import java.util.List;

/** A key under one limit, in a store of its own and in virtual time, decided on in one of the ways the store has. */
final class VirtualKey implements Ticker {

    /** How the store comes to decide. */
    enum Way {
        /** The limit is the only one asked. */
        ALONE,
        /** Another limit, which has always enough, is asked with it. */
        WITH_ANOTHER,
        /** The space is full of another key, so that the bucket is the one newcomers share. */
        AS_NEWCOMER
    }

    private static final LimitKey KEY = LimitKey.account("ann");
    private static final LimitKey RESIDENT = LimitKey.account("bob");
    private static final Limit HOURLY = Limit.perHour("hourly", 1);
    private static final Limit AMPLE = Limit.perSecond("ample", 900_000_000);

    private final Way way;
    private final List<Limit> limits;
    private final MemoryLimitStore store;
    private long now;
    private long nanosToWait;

    VirtualKey(Way way, Limit limit, long now) {
        this.way = way;
        this.limits = way == Way.WITH_ANOTHER ? List.of(limit, AMPLE) : List.of(limit);
        this.now = now;
        this.store = new MemoryLimitStore(this, way == Way.AS_NEWCOMER ? 1 : limits.size());
    }

    void letPass(long nanos) {
        now += nanos;
    }

    Decision take(long cost) {
        fillTheSpace();
        Decision decision = store.take(KEY, limits, cost);
        nanosToWait = decision instanceof Decision.Refused refused
                ? refused.retryAfter().toNanos()
                : 0;
        return decision;
    }

    /** How long the last request was told to wait, 0 when it was admitted. */
    long nanosToWait() {
        return nanosToWait;
    }

    Decision charge(long units) {
        fillTheSpace();
        return store.charge(KEY, limits, units);
    }

    /** Whether the store used the shared bucket if, and only if, this is its way. */
    boolean wentItsWay() {
        return (way == Way.AS_NEWCOMER) == (store.overflows(LimitKey.Kind.ACCOUNT) > 0);
    }

    /** The resident's bucket must not be full again, or the newcomer gets its place. */
    private void fillTheSpace() {
        if (way == Way.AS_NEWCOMER) {
            store.charge(RESIDENT, List.of(HOURLY), 1);
        }
    }

    @Override
    public long nanos() {
        return now;
    }
}
