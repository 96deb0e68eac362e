// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs checks, all at once, each on a thread of its own and all within one bound, so that one that hangs delays no other.
 * A check that does not end even when interrupted is not started again before it has: there is at most one thread a check.
 */
final class Probes {

    private final Duration bound;
    private final Set<ReadinessCheck> running = ConcurrentHashMap.newKeySet();

    Probes(Duration bound) {
        this.bound = bound;
    }

    /** A finding for each check, in their order. */
    List<Finding> run(List<ReadinessCheck> checks) {
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "gatehouse-readiness");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Finding>> answers = threads.invokeAll(
                    checks.stream()
                            .map(check -> (Callable<Finding>) () -> once(check))
                            .toList(),
                    bound.toMillis(),
                    TimeUnit.MILLISECONDS);
            List<Finding> findings = new ArrayList<>();
            answers.forEach(answer -> findings.add(finding(answer)));
            return findings;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return checks.stream()
                    .map(check -> Finding.unknown("the report was interrupted"))
                    .toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private Finding once(ReadinessCheck check) throws Exception {
        if (!running.add(check)) {
            return Finding.unknown("its last run has still not ended");
        }
        try {
            return check.probe().call();
        } finally {
            running.remove(check);
        }
    }

    private Finding finding(Future<Finding> answer) {
        try {
            Finding finding = answer.get();
            return finding == null ? Finding.unknown("the probe answered nothing") : finding;
        } catch (CancellationException e) {
            return Finding.unknown("the probe did not answer within " + bound.toSeconds() + " s");
        } catch (ExecutionException e) {
            return Finding.unknown("the probe threw " + Quoted.plain(String.valueOf(e.getCause())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.unknown("the report was interrupted");
        }
    }
}
