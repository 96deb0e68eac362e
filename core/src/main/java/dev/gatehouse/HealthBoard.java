// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse;

import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks all health checks in parallel and keeps the answers for a second, so that a storm of probes costs one round of
 * checks. A probe that hangs holds one thread and is not started again before it has ended. Thread-safe.
 */
final class HealthBoard implements AutoCloseable {

    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final List<Line> lines;
    private final Ticker ticker;
    private final ExecutorService threads;
    private @Nullable List<HealthReport.Check> answers;
    private long answeredAt;

    HealthBoard(List<HealthCheck> checks, Ticker ticker) {
        this.lines = checks.stream().map(Line::new).toList();
        this.ticker = ticker;
        // At most one thread a check, for a line starts no second probe while its first one runs.
        this.threads = Executors.newCachedThreadPool(HealthBoard::thread);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "gatehouse-health");
        thread.setDaemon(true);
        return thread;
    }

    /** The answers of at most a second ago. */
    synchronized List<HealthReport.Check> answers() {
        List<HealthReport.Check> known = answers;
        if (known == null || ticker.nanos() - answeredAt >= FRESH_NANOS) {
            known = ask();
            remember(known);
        }
        return known;
    }

    /** Not what an interrupted thread was told: it says nothing about the checks. */
    private void remember(List<HealthReport.Check> told) {
        if (!Thread.currentThread().isInterrupted()) {
            answers = told;
            answeredAt = ticker.nanos();
        }
    }

    private List<HealthReport.Check> ask() {
        lines.forEach(Line::begin);
        long begun = System.nanoTime();
        List<HealthReport.Check> result = new ArrayList<>(lines.size());
        for (Line line : lines) {
            result.add(line.answer(System.nanoTime() - begun));
        }
        return result;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** One check and its probe in progress, if any. Guarded by the board. */
    private final class Line {

        private final HealthCheck check;
        private @Nullable Probe running;

        Line(HealthCheck check) {
            this.check = check;
        }

        void begin() {
            Probe before = running;
            if (before == null || before.hasEnded()) {
                Probe probe = new Probe(check.probe());
                running = probe;
                launch(probe);
            }
        }

        private void launch(Probe probe) {
            try {
                threads.execute(probe);
            } catch (RejectedExecutionException e) {
                probe.refused();
            }
        }

        HealthReport.Check answer(long elapsedNanos) {
            return new HealthReport.Check(check.name(), check.required(), status(elapsedNanos));
        }

        private HealthStatus status(long elapsedNanos) {
            Probe task = running;
            if (task == null) {
                return HealthStatus.down("was never asked");
            }
            try {
                long left = check.timeout().toNanos() - elapsedNanos;
                return task.get(Math.max(0, left), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                task.cancel(true);
                return HealthStatus.down("no answer within " + check.timeout());
            } catch (CancellationException e) {
                return HealthStatus.down("an earlier probe still hangs");
            } catch (ExecutionException e) {
                return HealthStatus.down(String.valueOf(e.getCause()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return HealthStatus.down("interrupted while asking");
            }
        }
    }

    /** A probe that knows whether its thread is free again, which a cancelled task does not say. */
    private static final class Probe extends FutureTask<HealthStatus> {

        private volatile boolean threadIsFree;

        Probe(Callable<HealthStatus> work) {
            super(work);
        }

        @Override
        public void run() {
            super.run();
            threadIsFree = true;
        }

        /** The board is closed. */
        void refused() {
            setException(new IllegalStateException("no check runs any more"));
        }

        boolean hasEnded() {
            return threadIsFree || (isDone() && !isCancelled());
        }
    }
}
