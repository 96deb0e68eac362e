// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.Run.Kind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What backups tell to metrics. An age that is not known is NaN, never zero. */
final class BackupMeters {

    private final MeterRegistry registry;

    BackupMeters(Settings settings, Runner runner) {
        Settings.Surroundings around = settings.surroundings();
        this.registry = around.meters();
        signs(settings, runner);
        duration(runner);
        age(
                around,
                runner,
                "gatehouse.backup.verification.age",
                "Time since the last verification",
                state -> Timetable.last(state, Kind.VERIFY));
        age(around, runner, "gatehouse.backup.age", "Time since the newest backup was taken", Timetable::lastBackup);
        age(around, runner, "gatehouse.backup.drill.age", "Time since the last drill", BackupMeters::lastDrill);
        Gauge.builder(
                        "gatehouse.backup.alarms",
                        runner,
                        r -> r.state().holdings().alarms().size())
                .description("What is not as it was left in the store")
                .baseUnit("alarms")
                .register(registry);
        Gauge.builder("gatehouse.backup.size", runner, BackupMeters::size)
                .description("Stored size of the newest backup")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("gatehouse.backup.waiting", runner, Runner::waiting)
                .description("Runs that wait for the one in progress")
                .baseUnit("runs")
                .register(registry);
    }

    /** One for each kind of sign, so that an alert needs no reading of words. */
    private void signs(Settings settings, Runner runner) {
        Signs signs = new Signs(settings, runner.log());
        for (Sign.Kind kind : Sign.Kind.values()) {
            Gauge.builder(
                            "gatehouse.backup.signs",
                            runner,
                            r -> signs
                                    .of(
                                            r.state(),
                                            settings.surroundings().clock().instant())
                                    .stream()
                                    .filter(sign -> sign.kind() == kind)
                                    .count())
                    .description("What backups that are well do not show: late, small, slow, failing, damaged, skewed")
                    .baseUnit("signs")
                    .tag("kind", kind.toString())
                    .register(registry);
        }
    }

    private void duration(Runner runner) {
        TimeGauge.builder(
                        "gatehouse.backup.duration",
                        runner,
                        TimeUnit.MILLISECONDS,
                        r -> r.state()
                                .holdings()
                                .newest()
                                .map(newest -> (double) newest.timing().tookMillis())
                                .orElse(Double.NaN))
                .description("How long the newest backup took")
                .register(registry);
    }

    private void age(
            Settings.Surroundings around,
            Runner runner,
            String name,
            String description,
            Function<State, Optional<Instant>> last) {
        TimeGauge.builder(
                        name,
                        runner,
                        TimeUnit.MILLISECONDS,
                        r -> last.apply(r.state())
                                .map(at -> (double)
                                        Duration.between(at, around.clock().instant())
                                                .toMillis())
                                .orElse(Double.NaN))
                .description(description)
                .register(registry);
    }

    private static Optional<Instant> lastDrill(State state) {
        return state.holdings().newestProof().map(proof -> proof.measured().startedAt());
    }

    private static double size(Runner runner) {
        return runner.state()
                .holdings()
                .newest()
                .map(newest -> (double) newest.bytes())
                .orElse(Double.NaN);
    }

    void ended(Run run) {
        Timer.builder("gatehouse.backup.runs")
                .description("Finished runs and how long they took")
                .tag("kind", run.kind().toString())
                .tag("outcome", run.status().toString())
                .register(registry)
                .record(Duration.ofNanos((long) (run.seconds() * 1e9)));
    }

    void refused(Kind kind) {
        Counter.builder("gatehouse.backup.refused")
                .description("Runs refused because too many waited")
                .baseUnit("runs")
                .tag("kind", kind.toString())
                .register(registry)
                .increment();
    }
}
