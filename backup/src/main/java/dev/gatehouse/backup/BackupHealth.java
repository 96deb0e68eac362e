// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.HealthStatus;
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
                .or(() -> state.holdings().newest().isEmpty()
                        ? Optional.of(HealthStatus.degraded("there is no backup yet"))
                        : Optional.empty())
                .or(() -> signs(state, now))
                .orElseGet(HealthStatus::up);
    }

    private Optional<HealthStatus> signs(State state, Instant now) {
        return new Signs(settings, runner.log())
                .of(state, now).stream()
                        .findFirst()
                        .map(sign ->
                                sign.grave() ? HealthStatus.down(sign.what()) : HealthStatus.degraded(sign.what()));
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
}
