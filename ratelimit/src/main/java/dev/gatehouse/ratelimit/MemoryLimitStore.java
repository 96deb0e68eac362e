// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.time.Ticker;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

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
    private final long start;
    private final int maxKeys;
    private final SipHash hash = SipHash.random(new SecureRandom());
    private final KeyTable[] tables = new KeyTable[LimitKey.Kind.values().length];

    /**
     * An empty store.
     *
     * @param ticker counts the time
     * @param maxKeys how many buckets of each kind of key are held at most, 1 to 10,000,000
     */
    public MemoryLimitStore(Ticker ticker, int maxKeys) {
        if (maxKeys < 1 || maxKeys > 10_000_000) {
            throw new IllegalArgumentException("ratelimit: maxKeys was " + maxKeys + " but must be 1 to 10000000");
        }
        this.ticker = ticker;
        this.start = ticker.nanos();
        this.maxKeys = maxKeys;
        Arrays.setAll(tables, kind -> new KeyTable(maxKeys));
    }

    @Override
    public Decision take(LimitKey key, List<Limit> limits, long cost) {
        return table(key.kind()).decide(hash.of(key), limits, cost, false, now());
    }

    @Override
    public Decision charge(LimitKey key, List<Limit> limits, long units) {
        return table(key.kind()).decide(hash.of(key), limits, units, true, now());
    }

    @Override
    public long held(LimitKey.Kind kind) {
        return table(kind).held();
    }

    @Override
    public long maxKeys() {
        return maxKeys;
    }

    @Override
    public long overflows(LimitKey.Kind kind) {
        return table(kind).overflows();
    }

    /** Nanoseconds since the store began: the ticker's own may be negative, or near where they wrap around. */
    private long now() {
        return ticker.nanos() - start;
    }

    @SuppressWarnings("EnumOrdinal") // an index of this process only; nothing that outlives it depends on the order
    private KeyTable table(LimitKey.Kind kind) {
        return tables[kind.ordinal()];
    }
}
