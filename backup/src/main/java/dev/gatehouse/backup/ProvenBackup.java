// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.Holding.Held;
import java.time.Instant;
import java.util.Optional;

/**
 * A backup that passed a drill, and that nothing was found wrong with since.
 *
 * @param backup its ID
 * @param sequence its number
 * @param snapshotAt everything committed before this instant is in it
 * @param provenAt when the drill started
 * @param recoveryMillis how long it took until the restored data had passed every check
 * @param booted whether the application itself was tried on it
 */
public record ProvenBackup(
        String backup, long sequence, Instant snapshotAt, Instant provenAt, long recoveryMillis, boolean booted) {

    static Optional<ProvenBackup> newest(Holdings holdings) {
        return holdings.rollback().isPresent()
                ? Optional.empty()
                : holdings.lastGood().flatMap(good -> of(good.backup(), holdings));
    }

    private static Optional<ProvenBackup> of(String backup, Holdings holdings) {
        Optional<Held> held = holdings.backups().stream()
                .filter(holding ->
                        holding instanceof Held && holding.name().backup().equals(backup))
                .map(Held.class::cast)
                .findFirst();
        return holdings.proofs().stream()
                .filter(proof -> proof.passed() && proof.backup().equals(backup))
                .findFirst()
                .flatMap(proof -> held.map(found -> new ProvenBackup(
                        backup,
                        found.name().sequence(),
                        found.timing().snapshotAt(),
                        proof.measured().startedAt(),
                        proof.measured().recoveryMillis(),
                        proof.probed())));
    }
}
