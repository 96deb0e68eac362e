// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.HealthStatus;
import dev.gatehouse.backup.Run.Kind;
import dev.gatehouse.backup.Run.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Judges from what is known whether backups are well. Asks no store, so that it answers at once. */
record BackupHealth(Settings settings, Runner runner) {

    /** Known for longer than this without a new look, the timetable must have stopped. */
    private static final Duration ASLEEP = Timetable.FRESH.multipliedBy(3);

    HealthStatus status() {
        State state = runner.state();
        Instant now = settings.surroundings().clock().instant();
        return store(state, now)
                .or(() -> age(state, now))
                .or(() -> lastRun(Kind.BACKUP, state))
                .or(() -> lastRun(Kind.DRILL, state))
                .orElseGet(HealthStatus::up);
    }

    private static Optional<HealthStatus> store(State state, Instant now) {
        if (state.trouble().isPresent()) {
            return state.trouble().map(HealthStatus::down);
        }
        if (state.readAt().isEmpty()) {
            return Optional.of(HealthStatus.degraded("the store was not read yet"));
        }
        if (Duration.between(state.readAt().get(), now).compareTo(ASLEEP) > 0) {
            return Optional.of(HealthStatus.down(
                    "the store was last read at " + state.readAt().get()));
        }
        int alarms = state.holdings().alarms().size();
        return state.holdings().alarms().stream()
                .findFirst()
                .map(first -> HealthStatus.down(first + (alarms > 1 ? " (and " + (alarms - 1) + " more alarms)" : "")));
    }

    private Optional<HealthStatus> age(State state, Instant now) {
        Optional<Instant> last = Timetable.lastBackup(state);
        if (last.isEmpty()) {
            return Optional.of(HealthStatus.degraded("there is no backup yet"));
        }
        return settings.backups()
                .filter(schedule -> schedule.isLate(last.get(), now))
                .map(schedule -> HealthStatus.down(
                        "the newest backup is of " + last.get() + " but one is due every " + schedule.every()));
    }

    private Optional<HealthStatus> lastRun(Kind kind, State state) {
        Optional<Run> recorded =
                kind == Kind.DRILL ? state.holdings().newestProof().map(History::run) : Optional.empty();
        return runner.log()
                .lastEnded(kind)
                .or(() -> recorded)
                .filter(run -> run.status() == Status.FAILED)
                .map(run -> HealthStatus.degraded("the last " + kind + " failed: " + run.detail()));
    }
}
