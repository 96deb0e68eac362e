// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.drill;

import dev.gatehouse.backup.source.RestoredDatabase;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a probe within a time limit, on a thread of its own.
 *
 * @param probe the application's probe
 * @param timeout how long it may take
 */
public record ProbeRunner(DrillProbe probe, Duration timeout) {

    /** What the probe did; throws when it did not pass. */
    public String mustPass(RestoredDatabase database) throws ProbeFailure, InterruptedException {
        DrillProbe.Result result = ask(database);
        if (result instanceof DrillProbe.Result.Passed passed) {
            return passed.detail();
        }
        throw new ProbeFailure(((DrillProbe.Result.Failed) result).reason());
    }

    /** Why the probe failed; throws when it did not. */
    public String mustFail(RestoredDatabase empty) throws ProbeFailure, InterruptedException {
        DrillProbe.Result result = ask(empty);
        if (result instanceof DrillProbe.Result.Failed failed) {
            return "the probe refuses an empty database: " + failed.reason();
        }
        throw new ProbeFailure("the probe passes on an empty database too, so it proves nothing");
    }

    private DrillProbe.Result ask(RestoredDatabase database) throws InterruptedException {
        FutureTask<DrillProbe.Result> answer = new FutureTask<>(() -> probe.examine(database));
        Thread thread = new Thread(answer, "gatehouse-drill-probe");
        thread.setDaemon(true);
        thread.start();
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new DrillProbe.Result.Failed("no answer within " + timeout);
        } catch (ExecutionException e) {
            return new DrillProbe.Result.Failed(String.valueOf(e.getCause()));
        } finally {
            answer.cancel(true);
        }
    }

    /** The probe did not do what it must. */
    public static final class ProbeFailure extends Exception {
        private static final long serialVersionUID = 1L;

        ProbeFailure(String reason) {
            super(reason);
        }
    }
}
