// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.fault;

import dev.gatehouse.time.Ticker;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A fault at work. Which call it strikes, and how long each waits, follows from the seed and the call's number alone, so that
 * threads that race do not change the sequence. Everybody who waits in it is woken when it ends.
 */
final class Injection {

    private static final long CALLS = 0xD1342543DE82EF95L;
    private static final long EXCHANGES = 0xAF251AF3B0F025B5L;

    private final ActiveFault active;
    private final Ticker ticker;
    private final long since;
    private final long lasts;
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong exchanges = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ending = lock.newCondition();
    private volatile boolean ended;

    Injection(ActiveFault active, Ticker ticker) {
        this.active = active;
        this.ticker = ticker;
        this.since = ticker.nanos();
        this.lasts = active.fault().lasts().toNanos();
    }

    ActiveFault active() {
        return active;
    }

    Fault fault() {
        return active.fault();
    }

    boolean isOver() {
        return ended || remaining() <= 0;
    }

    long remaining() {
        return lasts - (ticker.nanos() - since);
    }

    /** What the next call waits and what happens to it. */
    Strike nextCall() {
        SplittableRandom random = draws(calls.getAndIncrement(), CALLS);
        long wait = fault().latency().nanos(random.nextDouble());
        boolean struck = !fault().failures().kind().onTheWire() && isStruck(random);
        return new Strike(wait, struck ? Optional.of(fault().failures().kind()) : Optional.empty());
    }

    /** What happens to the next exchange of a request and its answer on a connection. */
    Optional<FaultKind> nextExchange() {
        FaultKind kind = fault().failures().kind();
        return kind.onTheWire() && isStruck(draws(exchanges.getAndIncrement(), EXCHANGES))
                ? Optional.of(kind)
                : Optional.empty();
    }

    private boolean isStruck(SplittableRandom random) {
        return random.nextDouble() < fault().failures().share();
    }

    private SplittableRandom draws(long number, long step) {
        return new SplittableRandom(fault().seed().orElse(0) + number * step);
    }

    /** Waits until so much time has passed or the fault is over. */
    void hold(long nanos) throws InterruptedException {
        long from = ticker.nanos();
        lock.lockInterruptibly();
        try {
            long left = Math.min(nanos, remaining());
            while (!ended && left > 0) {
                ending.awaitNanos(left);
                left = Math.min(nanos - (ticker.nanos() - from), remaining());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the fault is over. */
    void awaitEnd() throws InterruptedException {
        hold(Long.MAX_VALUE);
    }

    /** Lets everybody go. */
    void end() {
        lock.lock();
        try {
            ended = true;
            ending.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What is in store for one call.
     *
     * @param waitNanos how long it waits
     * @param kind what happens then
     */
    record Strike(long waitNanos, Optional<FaultKind> kind) {}
}
