// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.drill;

import dev.gatehouse.backup.drill.BootProbe.Application;
import dev.gatehouse.backup.source.RestoredDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a probe, each step within a time limit and on a thread of its own.
 *
 * @param probe the application's probe
 * @param timeout how long each step may take
 */
public record TimedProbe(BootProbe probe, Duration timeout) {

    /** The started application, whose steps have the limit too. */
    public Application boot(RestoredDatabase database, Path work) throws StepFailed, InterruptedException {
        Call<Application> boot = new Call<>(() -> probe.boot(database, work));
        try {
            return new Timed(boot.within(timeout), timeout);
        } catch (StepFailed e) {
            // One that starts in spite of it all is closed by its own thread.
            boot.closeLate();
            throw e;
        }
    }

    /** Why the application refuses an empty database; throws when it does not. */
    public String mustFail(RestoredDatabase empty, Path work) throws StepFailed, InterruptedException {
        String step = "boot";
        try (Application application = boot(empty, work)) {
            step = "readiness";
            application.ready();
            step = "read journey";
            application.read();
            step = "write journey";
            application.write();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return "on an empty database the " + step + " fails: " + e.getMessage();
        }
        throw new StepFailed("the probe passes on an empty database too, so it proves nothing");
    }

    private record Timed(Application application, Duration timeout) implements Application {

        @Override
        public String ready() throws StepFailed, InterruptedException {
            return new Call<>(application::ready).within(timeout);
        }

        @Override
        public String read() throws StepFailed, InterruptedException {
            return new Call<>(application::read).within(timeout);
        }

        @Override
        public String write() throws StepFailed, InterruptedException {
            return new Call<>(application::write).within(timeout);
        }

        @Override
        public void close() {
            application.close();
        }
    }

    /** Something that is waited for as long as its limit and no longer. */
    private static final class Call<T> {

        private final FutureTask<T> answer;
        private volatile boolean late;

        Call(Callable<T> asked) {
            this.answer = new FutureTask<>(() -> {
                T value = asked.call();
                if (late && value instanceof Application application) {
                    application.close();
                }
                return value;
            });
        }

        T within(Duration timeout) throws StepFailed, InterruptedException {
            Thread thread = new Thread(answer, "gatehouse-drill-probe");
            thread.setDaemon(true);
            thread.start();
            try {
                return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                throw new StepFailed("no answer within " + timeout);
            } catch (ExecutionException e) {
                throw new StepFailed(reason(e));
            } finally {
                answer.cancel(true);
            }
        }

        void closeLate() {
            late = true;
        }

        private static String reason(ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            return cause.getMessage() == null ? cause.toString() : cause.getMessage();
        }
    }

    /** A step of the probe did not do what it must. */
    public static final class StepFailed extends Exception {
        private static final long serialVersionUID = 1L;

        StepFailed(String reason) {
            super(reason);
        }
    }
}
