// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.locks.ReentrantLock;

/** Brings the book up to date with the store: one small look, and a second when something changed. Thread-safe. */
final class GrantReader {

    private final HigherLimitStore store;
    private final GrantBook book;
    private final Ticker ticker;
    private final Counter failures;
    private final ReentrantLock one = new ReentrantLock();
    private long known;
    private volatile long readAt;
    private volatile boolean read;

    GrantReader(HigherLimitStore store, GrantBook book, Ticker ticker, MeterRegistry registry) {
        this.store = store;
        this.book = book;
        this.ticker = ticker;
        this.failures = Counter.builder("gatehouse.ratelimit.grants.failures")
                .description("Looks for changed grants that failed; those known before keep holding")
                .baseUnit("looks")
                .register(registry);
    }

    /** Reads what changed; throws when the store cannot be asked, and then what was known still holds. */
    void read() {
        one.lock();
        try {
            long began = ticker.nanos();
            store.transact(this::compare);
            book.expire();
            readAt = began;
            read = true;
        } catch (HigherLimitStoreException e) {
            failures.increment();
            throw e;
        } finally {
            one.unlock();
        }
    }

    /** Nanoseconds since the store was last read, or -1 before it ever was. */
    long ageNanos() {
        return read ? ticker.nanos() - readAt : -1;
    }

    private long compare(HigherLimitUnit unit) {
        long now = unit.version();
        if (now < known) {
            // The database was restored to an earlier state.
            book.replace(unit.changesAfter(0).grants());
        } else if (now > known) {
            GrantChanges changes = unit.changesAfter(known);
            book.take(changes.grants());
            now = Math.max(now, changes.version());
        }
        known = now;
        return now;
    }
}
