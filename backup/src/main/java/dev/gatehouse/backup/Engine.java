// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.catalogue.Catalogue;
import dev.gatehouse.backup.catalogue.Holding;
import dev.gatehouse.backup.catalogue.Holding.Held;
import dev.gatehouse.backup.catalogue.Holdings;
import dev.gatehouse.backup.catalogue.KeyUse;
import dev.gatehouse.backup.drill.DrillJob;
import dev.gatehouse.backup.format.Authentic;
import dev.gatehouse.backup.format.Layout;
import dev.gatehouse.backup.format.Layout.ManifestName;
import dev.gatehouse.backup.format.Leases;
import dev.gatehouse.backup.format.Manifests;
import dev.gatehouse.backup.format.Proof;
import dev.gatehouse.backup.format.SignedFolder;
import dev.gatehouse.backup.format.Vault;
import dev.gatehouse.backup.format.Verification;
import dev.gatehouse.backup.pipeline.BackupJob;
import dev.gatehouse.backup.pipeline.Progress;
import dev.gatehouse.backup.pipeline.Restorer;
import dev.gatehouse.backup.pipeline.VerifyJob;
import dev.gatehouse.backup.verify.VerifyBudget;
import dev.gatehouse.backup.verify.VerifyLevel;
import dev.gatehouse.backup.verify.VerifyReport;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The parts of one source's backups, wired together around its vault. */
final class Engine {

    private final Manifests manifests;
    private final SignedFolder<Proof> proofs;
    private final Catalogue catalogue;
    private final Restorer restorer;
    private final BackupJob backups;
    private final DrillJob drills;
    private final VerifyJob verifications;
    private final SignedFolder<Verification> verdicts;
    private final InstantSource clock;
    private final Ticker ticker;

    private final Vault vault;

    Engine(Settings settings) throws IOException {
        Settings.Surroundings around = settings.surroundings();
        Layout layout = new Layout(settings.source().name());
        this.vault = new Vault(settings.store(), settings.keys(), around.random(), layout);
        this.manifests = new Manifests(vault);
        this.proofs = SignedFolder.proofs(vault);
        this.catalogue = new Catalogue(vault, settings.marks(), settings.leastBytes());
        this.restorer = new Restorer(
                vault,
                manifests,
                new Leases(vault, around.clock()),
                settings.flow().workers());
        this.backups = new BackupJob(
                settings.source(),
                vault,
                catalogue,
                settings.workFolder(),
                settings.flow(),
                around.clock(),
                around.ticker());
        this.verifications = new VerifyJob(vault, around.ticker());
        this.verdicts = SignedFolder.verifications(vault);
        this.clock = around.clock();
        this.ticker = around.ticker();
        this.drills = new DrillJob(
                settings.source(), restorer, settings.probe(), settings.workFolder(), around.clock(), around.ticker());
    }

    Rewrapped rewrapKeys() throws IOException {
        return vault.rewrapKeys();
    }

    Holdings holdings() throws IOException {
        return catalogue.read();
    }

    /** Since when the present key has been wrapping, as far as {@code holdings} show it. */
    Optional<KeyUse> keyUse(Holdings holdings) throws IOException {
        return KeyUse.of(vault, holdings);
    }

    Held backUp(String id, Progress progress) throws IOException, SQLException {
        return backups.make(id, progress);
    }

    Proof drill(String id, Optional<String> backup, Progress progress) throws BackupException, IOException {
        Authentic authentic = manifests.open(backup.isPresent() ? restorer.named(backup.get()) : newest());
        Proof proof = drills.drill(id, authentic, progress);
        proofs.write(proof, authentic.key());
        return proof;
    }

    /** The newest backup; a store that was rolled back has none to be trusted. */
    private ManifestName newest() throws BackupException, IOException {
        Optional<String> rollback = catalogue.read().rollback();
        if (rollback.isPresent()) {
            throw new BackupException.RolledBack(null, rollback.get());
        }
        return manifests.names().stream()
                .findFirst()
                .orElseThrow(() -> new BackupException.NotFound(null, "the store has no backup yet"));
    }

    /** Verifies all backups, going on where the last verification ended, and keeps what was found in the store. */
    VerifyReport verify(String id, VerifyLevel level, VerifyBudget budget) throws BackupException, IOException {
        Instant startedAt = clock.instant();
        long start = ticker.nanos();
        Holdings holdings = catalogue.read();
        List<ManifestName> names =
                holdings.backups().stream().map(Holding::name).toList();
        long from = holdings.verifications().stream()
                .findFirst()
                .map(Verification::position)
                .orElse(0L);
        VerifyJob.Outcome outcome = verifications.verify(names, level, budget, from);
        Optional<Held> newest = holdings.newest();
        if (newest.isPresent()) {
            String backup = newest.get().name().backup();
            Verification verification = new Verification(
                    vault.storeId(),
                    vault.layout().source(),
                    id,
                    backup,
                    startedAt,
                    (ticker.nanos() - start) / 1_000_000,
                    outcome.position(),
                    outcome.report());
            verdicts.write(verification, vault.key(backup));
        }
        return outcome.report();
    }

    ReadableBackup read(String backup, Progress progress) throws BackupException {
        return restorer.read(backup, progress);
    }

    Restored restore(String backup, Path target, Progress progress) throws BackupException {
        return restorer.restore(backup, target, progress);
    }
}
