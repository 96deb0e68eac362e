// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.Holding.Held;
import dev.gatehouse.backup.Layout.ManifestName;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** The parts of one source's backups, wired together around its vault. */
final class Engine {

    private final Manifests manifests;
    private final Proofs proofs;
    private final Catalogue catalogue;
    private final Restorer restorer;
    private final BackupJob backups;
    private final DrillJob drills;

    Engine(Settings settings) throws IOException {
        Settings.Surroundings around = settings.surroundings();
        Layout layout = new Layout(settings.source().name());
        Vault vault = new Vault(settings.store(), settings.keys(), around.random(), layout);
        this.manifests = new Manifests(vault);
        this.proofs = new Proofs(vault);
        this.catalogue = new Catalogue(vault, settings.marks());
        this.restorer = new Restorer(vault, manifests, settings.flow().workers());
        this.backups = new BackupJob(
                settings.source(),
                vault,
                catalogue,
                settings.workFolder(),
                settings.flow(),
                around.clock(),
                around.ticker());
        this.drills = new DrillJob(
                settings.source(), restorer, settings.probe(), settings.workFolder(), around.clock(), around.ticker());
    }

    Holdings holdings() throws IOException {
        return catalogue.read();
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

    Restored restore(String backup, Path target, Progress progress) throws BackupException {
        return restorer.restore(backup, target, progress);
    }
}
