// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.catalogue.Holdings;
import dev.gatehouse.backup.catalogue.Standings;
import dev.gatehouse.backup.format.Layout;
import dev.gatehouse.backup.format.Layout.ManifestName;
import dev.gatehouse.backup.format.Leases;
import dev.gatehouse.backup.format.Tombstone;
import dev.gatehouse.backup.format.Vault;
import dev.gatehouse.backup.pipeline.VerifyJob;
import dev.gatehouse.backup.retention.Candidate;
import dev.gatehouse.backup.retention.SweepReport;
import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.backup.verify.VerifyBudget;
import dev.gatehouse.backup.verify.VerifyLevel;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The second phase of a removal. Neither a clock nor an approval is enough by itself: a newer backup must have been
 * finished since the approval, which also proves that a run which had begun before it can finish no more; and the backup
 * in whose favour others go must still be whole.
 */
record Sweeper(Vault vault, Leases leases, int minimumProven) {

    /** How long after its approval a backup is still there. */
    static final Duration DELAY = Duration.ofHours(24);

    SweepReport sweep(Holdings holdings, Instant now) throws BackupException, IOException {
        List<String> removed = new ArrayList<>();
        List<String> waiting = new ArrayList<>();
        Optional<String> halt = halt(holdings);
        List<Tombstone> oldestFirst = holdings.tombstones().stream()
                .sorted(Comparator.comparingLong(Tombstone::sequence))
                .toList();
        List<Tombstone> over = new ArrayList<>();
        for (Tombstone stone : oldestFirst) {
            List<ObjectName> objects = objects(stone);
            if (isOver(stone, holdings, objects)) {
                over.add(stone);
                continue;
            }
            Optional<String> reason = halt.isPresent() ? halt : reason(stone, holdings, now);
            if (reason.isEmpty() && remove(stone, holdings, objects)) {
                // A tombstone outlives what it is of, and that goes only once.
                if (!objects.isEmpty() || isHeld(stone, holdings)) {
                    removed.add(stone.backup());
                }
            } else if (!objects.isEmpty()) {
                waiting.add("backup " + stone.backup() + ": " + reason.orElse("somebody began to read it"));
            }
        }
        forget(over, holdings);
        return new SweepReport(removed, waiting);
    }

    /** Whether a tombstone has nothing left to say: what it is of was finished after all, or no chain leads to it. */
    private static boolean isOver(Tombstone stone, Holdings holdings, List<ObjectName> objects) {
        if (stone.isLeftover()) {
            return objects.isEmpty() || isFinished(stone, holdings);
        }
        long oldest = holdings.backups().stream()
                .mapToLong(holding -> holding.name().sequence())
                .min()
                .orElse(0);
        return objects.isEmpty() && stone.sequence() < oldest - 1;
    }

    /** Removes such tombstones, and the keys of approvals of which none is left. */
    private void forget(List<Tombstone> over, Holdings holdings) throws IOException {
        Set<String> needed = new HashSet<>();
        holdings.tombstones().stream()
                .filter(stone -> !over.contains(stone))
                .map(Tombstone::plan)
                .forEach(needed::add);
        for (Tombstone stone : over) {
            vault.store().delete(vault.layout().tombstone(stone));
            if (!needed.contains(stone.plan())) {
                vault.deleteKey(stone.plan());
            }
        }
    }

    /** Why nothing at all is removed. */
    private Optional<String> halt(Holdings holdings) throws BackupException, IOException {
        if (holdings.rollback().isPresent()) {
            return holdings.rollback();
        }
        List<Candidate> proven = Standings.of(holdings).stream()
                .filter(candidate -> candidate.standing() == Candidate.Standing.PROVEN)
                .toList();
        if (proven.size() < minimumProven) {
            return Optional.of("only " + proven.size() + " of " + minimumProven + " others have passed a drill");
        }
        ManifestName good =
                new ManifestName(proven.get(0).sequence(), proven.get(0).backup());
        boolean whole = new VerifyJob(vault, Ticker.system())
                .verify(List.of(good), VerifyLevel.EXISTS, VerifyBudget.standard(), 0)
                .report()
                .passed();
        return whole ? Optional.empty() : Optional.of("backup " + good.backup() + ", the last good one, is not whole");
    }

    private Optional<String> reason(Tombstone stone, Holdings holdings, Instant now) throws IOException {
        Instant at = stone.approval().at();
        long newest = holdings.backups().stream()
                .mapToLong(holding -> holding.name().sequence())
                .max()
                .orElse(0);
        if (at.isAfter(now) || Duration.between(at, now).compareTo(DELAY) < 0) {
            return Optional.of("approved at " + at + ", goes " + DELAY.toHours() + " hours later");
        }
        if (newest <= stone.approval().newest()) {
            return Optional.of(
                    "goes when a newer backup than number " + stone.approval().newest() + " was made");
        }
        long good = holdings.lastGood().map(Candidate::sequence).orElse(0L);
        if (good <= stone.sequence()) {
            return Optional.of("no newer backup has passed a drill any more");
        }
        return leases.isHeld(stone.backup()) ? Optional.of("it is being read") : Optional.empty();
    }

    private static boolean isFinished(Tombstone leftover, Holdings holdings) {
        return holdings.backups().stream()
                .anyMatch(holding -> holding.name().backup().equals(leftover.backup()));
    }

    private static boolean isHeld(Tombstone stone, Holdings holdings) {
        return holdings.backups().stream()
                .anyMatch(holding -> holding.name().equals(new ManifestName(stone.sequence(), stone.backup())));
    }

    /** Everything of a backup but its manifest and its key. */
    private List<ObjectName> objects(Tombstone stone) throws IOException {
        Layout layout = vault.layout();
        List<ObjectName> objects = new ArrayList<>();
        for (ObjectName folder : List.of(
                layout.proofs(stone.backup()),
                layout.verifications(stone.backup()),
                layout.leases(stone.backup()),
                layout.data(stone.backup()))) {
            objects.addAll(vault.store().list(folder));
        }
        String runbook = "%020d-".formatted(stone.sequence());
        vault.store().list(layout.runbooks()).stream()
                .filter(name -> name.leaf().startsWith(runbook))
                .forEach(objects::add);
        return objects;
    }

    /** The manifest first, so that what remains when this is cut short is no backup; the key last. */
    private boolean remove(Tombstone stone, Holdings holdings, List<ObjectName> objects) throws IOException {
        if (!stone.isLeftover() && isHeld(stone, holdings)) {
            vault.store().delete(vault.layout().manifest(new ManifestName(stone.sequence(), stone.backup())));
        }
        // Whoever began to read before the manifest went has left a note by now; nobody can begin any more.
        if (leases.isHeld(stone.backup())) {
            return false;
        }
        for (ObjectName object : objects) {
            vault.store().delete(object);
        }
        vault.deleteKey(stone.backup());
        return true;
    }
}
