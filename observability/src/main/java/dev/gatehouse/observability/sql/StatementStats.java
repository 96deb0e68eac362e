// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;

/** What is known of one statement, whatever its values. Thread-safe. */
final class StatementStats {

    private final String statement;

    /** The time that whoever had this place before took: an upper bound on what of this statement was missed. */
    private final long inherited;

    private final LongAdder count = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final Latencies latencies = new Latencies();
    private final AtomicLong longest = new AtomicLong(-1);
    private volatile Slowest slowest = Slowest.NONE;

    StatementStats(String statement, long inherited) {
        this.statement = statement;
        this.inherited = inherited;
    }

    void add(Execution execution, boolean isSlow, LongFunction<Slowest> context) {
        long took = execution.nanos();
        count.increment();
        nanos.add(took);
        rows.add(execution.rows());
        latencies.add(took);
        if (isSlow) {
            slow.increment();
        }
        if (execution.failed()) {
            errors.increment();
        }
        if (took > longest.get()) {
            becomeSlowest(context.apply(took));
        }
    }

    private void becomeSlowest(Slowest mine) {
        // Rare: each slowest is slower than all before it.
        synchronized (latencies) {
            if (mine.nanos() > longest.get()) {
                longest.set(mine.nanos());
                slowest = mine;
            }
        }
    }

    /** Takes in the numbers of a statement that lost its place; percentiles and the slowest of many would say nothing. */
    void absorb(StatementStats other) {
        count.add(other.count.sum());
        slow.add(other.slow.sum());
        errors.add(other.errors.sum());
        rows.add(other.rows.sum());
        nanos.add(other.nanos.sum());
    }

    long weight() {
        return inherited + nanos.sum();
    }

    long count() {
        return count.sum();
    }

    StatementSummary summary() {
        Slowest most = slowest;
        return new StatementSummary(
                statement,
                new StatementSummary.Counts(count.sum(), slow.sum(), errors.sum(), rows.sum()),
                new StatementSummary.Times(nanos.sum(), Math.max(0, most.nanos()), latencies.percentile(0.95)),
                new StatementSummary.Worst(most.at(), most.requestId(), most.traceId(), most.route()));
    }
}
