// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.fleet;

import dev.gatehouse.ratelimit.Decision;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.LimitStore;
import dev.gatehouse.ratelimit.LimitStoreException;
import dev.gatehouse.ratelimit.MemoryLimitStore;
import dev.gatehouse.testing.ManualTime;
import java.time.Duration;
import java.util.List;

/** A store that a test makes slow or takes away: then it lets its bound pass and fails, as a real one does. */
final class FlakyStore implements LimitStore {

    static final Duration BOUND = Duration.ofMillis(40);

    private final ManualTime time;
    private final LimitStore real;
    private Duration delay = Duration.ZERO;
    private int asked;
    private int failNext;
    private boolean closed;
    private Runnable during = () -> {};

    FlakyStore(ManualTime time) {
        this.time = time;
        this.real = new MemoryLimitStore(time, 1_000);
    }

    /** From now on every answer takes so long; from {@link #BOUND} on there is none. */
    void delay(Duration value) {
        delay = value;
    }

    void fail() {
        delay(BOUND);
    }

    void recover() {
        delay(Duration.ZERO);
    }

    void failOnce() {
        failNext = 1;
    }

    /** Happens once, while the next question is on its way. */
    void during(Runnable value) {
        during = value;
    }

    /** How often it was asked. */
    int asked() {
        return asked;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public Decision take(LimitKey key, List<Limit> limits, long cost) {
        answer();
        return real.take(key, limits, cost);
    }

    @Override
    public Decision charge(LimitKey key, List<Limit> limits, long units) {
        answer();
        return real.charge(key, limits, units);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void answer() {
        asked++;
        Runnable now = during;
        during = () -> {};
        now.run();
        boolean fails = failNext-- > 0 || delay.compareTo(BOUND) >= 0;
        time.advance(fails ? BOUND : delay);
        if (fails) {
            throw new LimitStoreException("flaky: no answer within 40 ms");
        }
    }
}
