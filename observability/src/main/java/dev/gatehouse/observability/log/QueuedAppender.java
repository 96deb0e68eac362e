// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Encodes on the caller's thread, so that arguments are read while they are what they were, and writes on a thread of
 * its own. A slow or stuck output never makes a caller wait: lines are dropped and counted instead, warnings and errors
 * last. Stopping writes what waits, for at most the drain time.
 */
final class QueuedAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private final Encoder<ILoggingEvent> encoder;
    private final OutputStream output;
    private final LineQueue queue;
    private final Duration drain;
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong inHand = new AtomicLong();
    private final Thread writer = new Thread(this::write, "gatehouse-log-writer");

    QueuedAppender(Encoder<ILoggingEvent> encoder, OutputStream output, int capacity, Duration drain) {
        this.encoder = encoder;
        this.output = output;
        this.queue = new LineQueue(capacity);
        this.drain = drain;
        writer.setDaemon(true);
    }

    Encoder<ILoggingEvent> encoder() {
        return encoder;
    }

    /** Lines that were not written because the queue was full or the output stuck at the end. */
    long dropped() {
        return dropped.get();
    }

    /** Lines that were not written because encoding or writing failed. */
    long failed() {
        return failed.get();
    }

    int waiting() {
        return queue.size();
    }

    @Override
    public void start() {
        encoder.start();
        super.start();
        writer.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        byte[] line;
        try {
            line = encoder.encode(event);
        } catch (RuntimeException e) {
            // Logback would swallow it: an event that cannot be encoded is lost, but not unseen.
            failed.incrementAndGet();
            addError("a log event could not be encoded", e);
            return;
        }
        if (!queue.offer(line, event.getLevel().isGreaterOrEqual(Level.WARN))) {
            dropped.incrementAndGet();
        }
    }

    private void write() {
        try {
            Deque<byte[]> lines = queue.takeAll();
            while (!lines.isEmpty()) {
                inHand.set(lines.size());
                writeAll(lines);
                lines = queue.takeAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // stopped while the output was stuck: the rest is counted as dropped
        }
    }

    private void writeAll(Deque<byte[]> lines) {
        long unflushed = 0;
        try {
            for (byte[] line : lines) {
                unflushed++;
                output.write(line);
                inHand.decrementAndGet();
            }
            output.flush();
        } catch (IOException | RuntimeException e) {
            // Whatever the output throws, the thread goes on. The lines after the one that failed are lost with it: a
            // full disk is not waited for.
            failed.addAndGet(lines.size() - unflushed + 1);
            inHand.set(0);
            addError("log lines could not be written", e);
        }
    }

    @Override
    public void stop() {
        if (!isStarted()) {
            return;
        }
        super.stop();
        queue.close();
        boolean interrupted = awaitWriter();
        dropped.addAndGet(queue.size() + inHand.get());
        closeOutput();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitWriter() {
        try {
            writer.join(Math.max(1, drain.toMillis()));
            return false;
        } catch (InterruptedException e) {
            return true;
        } finally {
            writer.interrupt();
        }
    }

    private void closeOutput() {
        if (writer.isAlive()) {
            return; // stuck in a write; closing would wait for it
        }
        try {
            output.close();
        } catch (IOException e) {
            addError("the log's output could not be closed", e);
        }
    }
}
