// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.Proof.Check;
import dev.gatehouse.backup.Proof.Measured;
import dev.gatehouse.backup.drill.ProbeRunner;
import dev.gatehouse.backup.source.BackupSource;
import dev.gatehouse.backup.source.RestoredDatabase;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Drills one backup: restores it into a fresh folder, opens it, compares what it says about itself with the manifest,
 * lets the application probe it; and then asks the same of an empty database, which must not pass.
 */
record DrillJob(
        BackupSource source,
        Restorer restorer,
        Optional<ProbeRunner> probe,
        Path workFolder,
        InstantSource clock,
        Ticker ticker) {

    Proof drill(String drill, Authentic backup, Progress progress) throws IOException {
        Instant startedAt = clock.instant();
        long start = ticker.nanos();
        Checks checks = new Checks();
        long recovered;
        try (WorkFolder work = WorkFolder.create(workFolder)) {
            Path restored = work.place("restored");
            checks.check("obstacles", () -> unobstructed(backup.manifest()));
            checks.check("restore", () -> restore(backup, restored, progress));
            onDatabase(
                    checks,
                    "open",
                    () -> source.open(restored, backup.manifest().facts()),
                    database -> examine(checks, backup, database));
            recovered = millisSince(start);
            Path empty = work.folder("empty");
            onDatabase(
                    checks,
                    "open empty",
                    () -> source.openEmpty(empty, backup.manifest().facts()),
                    database -> refuse(checks, backup, database));
        }
        Manifest manifest = backup.manifest();
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
                checks.done());
    }

    private String unobstructed(Manifest manifest) throws IOException, SQLException, Checks.Failure {
        List<String> obstacles = source.obstacles(manifest.engine(), manifest.facts());
        if (!obstacles.isEmpty()) {
            throw new Checks.Failure(String.join("; ", obstacles));
        }
        return "nothing keeps " + manifest.engine() + " from being restored here";
    }

    private String restore(Authentic backup, Path folder, Progress progress) throws BackupException {
        return restorer.restore(backup, folder, progress).bytes() + " bytes, every one authenticated";
    }

    /** What a restored database must pass. The probe comes last, for it may write. */
    private void examine(Checks checks, Authentic backup, RestoredDatabase database) {
        Manifest manifest = backup.manifest();
        checks.check("facts", () -> same(manifest, database));
        checks.check("migrations", () -> uncomplaining(database));
        probe.ifPresent(runner -> checks.check(Check.PROBE, () -> runner.mustPass(database)));
    }

    /** What proves that the same examination can fail. */
    private void refuse(Checks checks, Authentic backup, RestoredDatabase empty) {
        Manifest manifest = backup.manifest();
        checks.check("facts can fail", () -> different(manifest, empty));
        probe.ifPresent(runner -> checks.check("probe can fail", () -> runner.mustFail(empty)));
    }

    private static String same(Manifest manifest, RestoredDatabase restored) throws SQLException, Checks.Failure {
        List<String> differences = restored.differences(manifest.facts(), manifest.invariants());
        if (!differences.isEmpty()) {
            throw new Checks.Failure(differences.size() + " facts differ: " + String.join("; ", differences));
        }
        return manifest.facts().values().size() + " facts are the same, "
                + manifest.invariants().size() + " of them declared";
    }

    private static String different(Manifest manifest, RestoredDatabase empty) throws SQLException, Checks.Failure {
        int differences =
                empty.differences(manifest.facts().undeclared(), List.of()).size();
        if (differences == 0) {
            throw new Checks.Failure("an empty database passes too, so the backup holds nothing worth restoring");
        }
        if (!manifest.invariants().isEmpty() && passes(manifest, empty)) {
            throw new Checks.Failure("the declared invariants pass on an empty database too, so they prove nothing");
        }
        return "an empty database differs in " + differences + " facts";
    }

    private static boolean passes(Manifest manifest, RestoredDatabase empty) {
        try {
            return manifest.facts()
                    .declared()
                    .differences(empty.facts(manifest.invariants()).declared())
                    .isEmpty();
        } catch (SQLException e) {
            // The tables that they ask are not there: they can fail.
            return false;
        }
    }

    private static String uncomplaining(RestoredDatabase database) throws SQLException, Checks.Failure {
        List<String> complaints = database.complaints();
        if (!complaints.isEmpty()) {
            throw new Checks.Failure(String.join("; ", complaints));
        }
        return "every recorded migration succeeded";
    }

    private static void onDatabase(Checks checks, String name, Opening opening, Examination examination) {
        checks.check(name, () -> {
            try (RestoredDatabase database = opening.open()) {
                examination.of(database);
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

    private interface Examination {
        void of(RestoredDatabase database);
    }
}
