// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.catalogue;

import dev.gatehouse.backup.ProvenBackup;
import dev.gatehouse.backup.catalogue.Holding.Held;
import dev.gatehouse.backup.format.Proof;
import dev.gatehouse.backup.format.Tombstone;
import dev.gatehouse.backup.format.Verification;
import dev.gatehouse.backup.retention.Candidate;
import dev.gatehouse.backup.retention.Planner;
import java.util.List;
import java.util.Optional;

/**
 * What the store holds, as it was read last.
 *
 * @param backups newest first
 * @param proofs newest first
 * @param tombstones what was approved to go, in no order
 * @param verifications newest first
 * @param rollback why the newest backup in the store is not the newest ever made; empty when it is
 * @param leastBytes what is smaller never counts as good
 * @param alarms everything that is not as it was left, the rollback included; at most 50
 */
public record Holdings(
        List<Holding> backups,
        List<Proof> proofs,
        List<Tombstone> tombstones,
        List<Verification> verifications,
        Optional<String> rollback,
        long leastBytes,
        List<String> alarms) {

    public static final Holdings NONE =
            new Holdings(List.of(), List.of(), List.of(), List.of(), Optional.empty(), 0, List.of());

    public Holdings {
        backups = List.copyOf(backups);
        proofs = List.copyOf(proofs);
        tombstones = List.copyOf(tombstones);
        verifications = List.copyOf(verifications);
        alarms = List.copyOf(alarms.subList(0, Math.min(50, alarms.size())));
    }

    /** The newest backup whose manifest can be read. */
    public Optional<Held> newest() {
        return backups.stream()
                .filter(Held.class::isInstance)
                .map(Held.class::cast)
                .findFirst();
    }

    public Optional<Proof> newestProof() {
        return proofs.stream().findFirst();
    }

    /** The newest backup that passed a drill, unharmed since, not too small and not approved to go. */
    public Optional<Candidate> lastGood() {
        return Planner.lastGood(Standings.of(this));
    }

    /** The newest backup that can be gone back to; empty while the store is rolled back. */
    public Optional<ProvenBackup> newestProven() {
        return rollback.isPresent() ? Optional.empty() : lastGood().flatMap(good -> proven(good.backup()));
    }

    private Optional<ProvenBackup> proven(String backup) {
        Optional<Held> held = backups.stream()
                .filter(holding ->
                        holding instanceof Held && holding.name().backup().equals(backup))
                .map(Held.class::cast)
                .findFirst();
        return proofs.stream()
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
