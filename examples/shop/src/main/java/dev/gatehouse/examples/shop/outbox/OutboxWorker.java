// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.outbox;

import dev.gatehouse.context.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one kind of the outbox's work on one thread of its own, so that slow work of one kind holds up no other. A
 * message is done at least once; one that fails waits longer each time, up to ten seconds, and others pass it.
 */
public final class OutboxWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxWorker.class);
    private static final long POLL_MILLIS = 100;
    private static final long DATABASE_DOWN_MILLIS = 1_000;
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Outbox outbox;
    private final String kind;
    private final Delivery delivery;
    private final Thread thread;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean draining;
    private volatile boolean closed;

    /** A worker that delivers messages of {@code kind} once started. */
    public OutboxWorker(Outbox outbox, String kind, Delivery delivery) {
        this.outbox = outbox;
        this.kind = kind;
        this.delivery = delivery;
        thread = new Thread(this::run, "outbox-" + kind);
        thread.setDaemon(true);
    }

    String kind() {
        return kind;
    }

    /** Starts working. */
    public void start() {
        thread.start();
    }

    /** Says that something new is due; without it a new message is seen within a tenth of a second. */
    public void wake() {
        wake.release();
    }

    /** Does what is due now and then stops; returns when that is done or {@code until} has passed. */
    public void drain(Deadline until) {
        draining = true;
        wake();
        try {
            thread.join(Math.max(1, until.remaining().toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops at once; what was being done is done again after a restart. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        while (!closed) {
            if (!workOnce() && !rest()) {
                return;
            }
        }
    }

    /** Whether there was something to do. */
    private boolean workOnce() {
        try {
            Optional<OutboxMessage> next = outbox.claim(kind, LEASE);
            next.ifPresent(this::deliver);
            return next.isPresent();
        } catch (RuntimeException e) {
            LOG.warn("outbox {}: the database did not answer, trying again in a second: {}", kind, e.toString());
            pause(DATABASE_DOWN_MILLIS);
            return false;
        }
    }

    private void deliver(OutboxMessage message) {
        if (attempt(message) == Delivery.Result.DONE) {
            outbox.done(message);
        } else {
            outbox.later(message);
        }
    }

    private Delivery.Result attempt(OutboxMessage message) {
        try {
            return delivery.deliver(message);
        } catch (Exception e) {
            LOG.warn("outbox {}: attempt {} of {} failed", kind, message.attempts() + 1, message.id(), e);
            return Delivery.Result.LATER;
        }
    }

    /** Waits for more; false when there is no point in waiting any longer. */
    private boolean rest() {
        return !draining && pause(POLL_MILLIS);
    }

    /** Waits, at most until woken; false when this worker is to stop. */
    private boolean pause(long millis) {
        try {
            if (wake.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
