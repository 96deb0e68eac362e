// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.Run.Kind;
import dev.gatehouse.backup.Run.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The runs of this process: those that wait or work, and the last hundred that ended. Thread-safe. */
final class RunLog {

    static final int MOST = 100;

    private final Deque<Run> runs = new ArrayDeque<>();

    synchronized void put(Run run) {
        runs.removeIf(other -> other.id().equals(run.id()));
        runs.addFirst(run);
        while (runs.size() > MOST && removeOldestEnded()) {}
    }

    private boolean removeOldestEnded() {
        Optional<Run> oldest = Optional.empty();
        for (Run run : runs) {
            oldest = run.status() == Status.RUNNING ? oldest : Optional.of(run);
        }
        oldest.ifPresent(runs::remove);
        return oldest.isPresent();
    }

    /** Newest first. */
    synchronized List<Run> all() {
        return new ArrayList<>(runs);
    }

    synchronized Optional<Run> find(String id) {
        return runs.stream().filter(run -> run.id().equals(id)).findFirst();
    }

    /** The run of this kind that ended last. */
    synchronized Optional<Run> lastEnded(Kind kind) {
        return runs.stream()
                .filter(run -> run.kind() == kind && run.status() != Status.RUNNING)
                .findFirst();
    }

    synchronized boolean isActive(Kind kind) {
        return runs.stream().anyMatch(run -> run.kind() == kind && run.status() == Status.RUNNING);
    }

    synchronized void remove(String id) {
        runs.removeIf(run -> run.id().equals(id));
    }
}
