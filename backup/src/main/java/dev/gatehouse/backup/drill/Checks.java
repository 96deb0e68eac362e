// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.drill;

import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.format.Printable;
import dev.gatehouse.backup.format.Proof.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** The checks of one drill. After the first failure no further one is made: it would examine rubble. */
final class Checks {

    private final List<Check> done = new ArrayList<>();

    // A check about a place (open) ends after the checks made in that place, so it is told by its position in time.
    void check(String name, Callable<String> examination) {
        if (failed()) {
            return;
        }
        int before = done.size();
        Check result = result(name, examination);
        boolean failedWithin = done.subList(before, done.size()).stream().anyMatch(check -> !check.passed());
        if (!failedWithin) {
            done.add(result);
        }
    }

    private static Check result(String name, Callable<String> examination) {
        try {
            return new Check(name, true, Printable.of(examination.call()));
        } catch (Failure | BackupException | TimedProbe.StepFailed e) {
            return new Check(name, false, Printable.of(String.valueOf(e.getMessage())));
        } catch (Exception e) {
            return new Check(name, false, Printable.of(e.toString()));
        }
    }

    List<Check> done() {
        return List.copyOf(done);
    }

    private boolean failed() {
        return done.stream().anyMatch(check -> !check.passed());
    }

    /** A check that failed, for a reason of its own. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(String reason) {
            super(reason);
        }
    }
}
