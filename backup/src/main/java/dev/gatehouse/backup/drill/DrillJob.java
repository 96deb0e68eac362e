// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.drill;

import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.format.Authentic;
import dev.gatehouse.backup.format.Manifest;
import dev.gatehouse.backup.format.Printable;
import dev.gatehouse.backup.format.Proof;
import dev.gatehouse.backup.format.Proof.Measured;
import dev.gatehouse.backup.pipeline.Progress;
import dev.gatehouse.backup.pipeline.Restorer;
import dev.gatehouse.backup.pipeline.WorkFolder;
import dev.gatehouse.backup.source.BackupSource;
import dev.gatehouse.backup.source.Facts;
import dev.gatehouse.backup.source.RestoredDatabase;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Drills one backup: restores it into a fresh folder, opens it, compares what it says about itself with the manifest, starts
 * the application on it and uses it; and then asks the same of an empty database, which must not pass.
 */
public record DrillJob(
        BackupSource source,
        Restorer restorer,
        Optional<TimedProbe> probe,
        Path workFolder,
        InstantSource clock,
        Ticker ticker) {

    public Proof drill(String drill, Authentic backup, Progress progress) throws IOException {
        Instant startedAt = clock.instant();
        long start = ticker.nanos();
        Checks checks = new Checks();
        Manifest manifest = backup.manifest();
        Examination examination = new Examination(checks, manifest, probe);
        Facts facts = manifest.facts();
        List<String> drift = new ArrayList<>();
        long recovered;
        try (WorkFolder work = WorkFolder.create(workFolder)) {
            Path restored = work.place("restored");
            checks.check("obstacles", () -> unobstructed(manifest));
            checks.check("drift", () -> drifted(manifest, drift));
            checks.check("restore", () -> restore(backup, restored, progress));
            Path application = work.folder("application");
            onDatabase(
                    checks,
                    "open",
                    () -> source.open(restored, facts),
                    database -> examination.mustPass(database, application));
            recovered = millisSince(start);
            Path empty = work.folder("empty");
            Path control = work.folder("application-empty");
            onDatabase(
                    checks,
                    "open empty",
                    () -> source.openEmpty(empty, facts),
                    database -> examination.mustFail(database, control));
        }
        long loss = Duration.between(manifest.timing().snapshotAt(), startedAt).toMillis();
        Measured measured =
                new Measured(startedAt, millisSince(start), recovered, Math.max(0, loss), manifest.plainBytes());
        return new Proof(
                manifest.store(),
                manifest.source(),
                drill,
                manifest.backup(),
                manifest.sequence(),
                backup.sha256(),
                measured,
                checks.done(),
                drift);
    }

    private String unobstructed(Manifest manifest) throws IOException, SQLException, Checks.Failure {
        List<String> obstacles = source.obstacles(manifest.engine(), manifest.facts());
        if (!obstacles.isEmpty()) {
            throw new Checks.Failure(String.join("; ", obstacles));
        }
        return "nothing keeps " + manifest.engine() + " from being restored here";
    }

    /** A schema that changed with its migrations is told; one that changed without them was changed by hand. */
    private String drifted(Manifest manifest, List<String> drift) throws Checks.Failure {
        try {
            source.drift(manifest.facts()).stream()
                    .limit(Proof.MOST_DRIFT)
                    .map(Printable::of)
                    .forEach(drift::add);
        } catch (IOException | SQLException e) {
            return "the source does not answer, so its schema was not compared: " + e.getMessage();
        }
        if (drift.isEmpty()) {
            return "the source's schema is that of the backup";
        }
        if (drift.stream().noneMatch(line -> line.startsWith("migration "))) {
            throw new Checks.Failure("the source's schema was changed by no migration: " + String.join("; ", drift));
        }
        return "the source has migrated since: " + String.join("; ", drift);
    }

    private String restore(Authentic backup, Path folder, Progress progress) throws BackupException {
        return restorer.restore(backup, folder, progress).bytes() + " bytes, every one authenticated";
    }

    private static void onDatabase(Checks checks, String name, Opening opening, Use use) {
        checks.check(name, () -> {
            try (RestoredDatabase database = opening.open()) {
                use.of(database);
            }
            return "opened and closed";
        });
    }

    private long millisSince(long start) {
        return (ticker.nanos() - start) / 1_000_000;
    }

    private interface Opening {
        RestoredDatabase open() throws IOException, SQLException;
    }

    private interface Use {
        void of(RestoredDatabase database);
    }
}
