// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.catalogue.Holding;
import dev.gatehouse.backup.catalogue.Holding.Held;
import dev.gatehouse.backup.catalogue.Holding.Unreadable;
import dev.gatehouse.backup.catalogue.Holdings;
import dev.gatehouse.backup.catalogue.Standings;
import dev.gatehouse.backup.format.Layout.ManifestName;
import dev.gatehouse.backup.format.Proof;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A backup in a store.
 *
 * @param id its ID
 * @param sequence its number
 * @param takenAt everything committed before this instant is in it; empty when its manifest cannot be read
 * @param bytes its stored bytes
 * @param engine what made it
 * @param drill when it was last drilled, and passed; empty when not
 * @param trouble why it cannot be relied on; empty when nothing is known
 * @param condemned whether somebody approved that it goes
 */
public record ArchivedBackup(
        String id,
        long sequence,
        Optional<Instant> takenAt,
        long bytes,
        String engine,
        Optional<Instant> drill,
        Optional<BackupException> trouble,
        boolean condemned) {

    static List<ArchivedBackup> all(Holdings holdings) {
        Set<ManifestName> condemned = Standings.condemned(holdings);
        Set<String> damaged = Standings.damaged(holdings);
        return holdings.backups().stream()
                .map(holding -> of(holding, holdings, damaged, condemned.contains(holding.name())))
                .toList();
    }

    private static ArchivedBackup of(Holding holding, Holdings holdings, Set<String> damaged, boolean condemned) {
        String id = holding.name().backup();
        if (holding instanceof Unreadable unreadable) {
            Optional<BackupException> why = Optional.of(unreadable.why());
            return new ArchivedBackup(
                    id, holding.name().sequence(), Optional.empty(), 0, "", Optional.empty(), why, condemned);
        }
        Held held = (Held) holding;
        Optional<BackupException> why = damaged.contains(id)
                ? Optional.of(new BackupException.Damaged(id, "a verification found it damaged", null))
                : Optional.empty();
        return new ArchivedBackup(
                id,
                held.name().sequence(),
                Optional.of(held.timing().snapshotAt()),
                held.bytes(),
                held.engine(),
                passed(held, holdings),
                why,
                condemned);
    }

    private static Optional<Instant> passed(Held held, Holdings holdings) {
        return holdings.proofs().stream()
                .filter(proof -> proof.backup().equals(held.name().backup())
                        && proof.manifestSha256().equals(held.sha256()))
                .findFirst()
                .filter(Proof::passed)
                .map(proof -> proof.measured().startedAt());
    }
}
