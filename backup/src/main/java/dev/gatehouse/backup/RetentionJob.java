// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.catalogue.Catalogue;
import dev.gatehouse.backup.catalogue.Holding;
import dev.gatehouse.backup.catalogue.Holding.Held;
import dev.gatehouse.backup.catalogue.Holding.Unreadable;
import dev.gatehouse.backup.catalogue.Holdings;
import dev.gatehouse.backup.catalogue.Standings;
import dev.gatehouse.backup.crypto.DataKey;
import dev.gatehouse.backup.format.Layout;
import dev.gatehouse.backup.format.Leases;
import dev.gatehouse.backup.format.Manifests;
import dev.gatehouse.backup.format.SignedFolder;
import dev.gatehouse.backup.format.Tally;
import dev.gatehouse.backup.format.Tombstone;
import dev.gatehouse.backup.format.Vault;
import dev.gatehouse.backup.retention.Candidate;
import dev.gatehouse.backup.retention.PendingRemoval;
import dev.gatehouse.backup.retention.Planner;
import dev.gatehouse.backup.retention.RetentionPlan;
import dev.gatehouse.backup.retention.RetentionPlan.Entry;
import dev.gatehouse.backup.retention.RetentionPolicy;
import dev.gatehouse.backup.retention.SweepReport;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads the store for retention, through credentials that may delete, and writes what was approved. */
final class RetentionJob {

    private final Vault vault;
    private final Catalogue catalogue;
    private final RetentionPolicy policy;
    private final Sweeper sweeper;

    RetentionJob(Settings settings, RetentionSettings retention) throws IOException {
        Settings.Surroundings around = settings.surroundings();
        Layout layout = new Layout(settings.source().name());
        this.vault = new Vault(retention.pruner(), settings.keys(), around.random(), layout);
        this.catalogue = new Catalogue(vault, settings.marks(), settings.leastBytes());
        this.policy = retention.policy();
        Leases leases = new Leases(vault, around.clock());
        this.sweeper = new Sweeper(vault, leases, policy.minimumProven());
    }

    Holdings holdings() throws IOException {
        return catalogue.read();
    }

    List<Candidate> candidates(Holdings holdings) {
        return Standings.of(holdings);
    }

    RetentionPlan plan(Holdings holdings, Set<String> running) throws IOException {
        List<Candidate> candidates = candidates(holdings);
        Set<String> closed = closed(holdings);
        List<Entry> entries = holdings.rollback().isPresent()
                ? all(candidates, holdings.rollback().get())
                : Planner.decide(policy, candidates).stream()
                        .map(entry -> closed.contains(entry.candidate().backup())
                                ? new Entry(entry.candidate(), true, "no key at hand opens it")
                                : entry)
                        .toList();
        return new RetentionPlan(
                state(holdings),
                entries,
                leftovers(holdings, running),
                holdings.alarms(),
                Planner.lastGood(candidates));
    }

    private static List<Entry> all(List<Candidate> candidates, String reason) {
        return candidates.stream()
                .map(candidate -> new Entry(candidate, true, reason))
                .toList();
    }

    /** Those that another key, or a store that answers, might open. */
    private static Set<String> closed(Holdings holdings) {
        Set<String> closed = new HashSet<>();
        for (Holding holding : holdings.backups()) {
            if (holding instanceof Unreadable other && !(other.why() instanceof BackupException.Damaged)) {
                closed.add(holding.name().backup());
            }
        }
        return closed;
    }

    /** What has objects but neither a manifest nor a tombstone. */
    private List<String> leftovers(Holdings holdings, Set<String> running) throws IOException {
        int depth = vault.layout().data().value().split("/", -1).length;
        Set<String> leftovers = new TreeSet<>();
        for (ObjectName name : vault.store().list(vault.layout().data())) {
            String id = name.value().split("/", -1)[depth];
            if (Layout.isId(id)) {
                leftovers.add(id);
            }
        }
        leftovers.removeAll(running);
        new Manifests(vault).names().forEach(name -> leftovers.remove(name.backup()));
        holdings.tombstones().forEach(stone -> leftovers.remove(stone.backup()));
        return List.copyOf(leftovers);
    }

    /** Changes whenever a backup, a drill, a verification or an approval is added, removed or replaced. */
    private static String state(Holdings holdings) {
        Set<String> lines = new TreeSet<>();
        for (Holding holding : holdings.backups()) {
            String hash = holding instanceof Held held ? held.sha256() : "unreadable";
            lines.add(
                    "backup " + holding.name().sequence() + " " + holding.name().backup() + " " + hash);
        }
        holdings.proofs().forEach(proof -> lines.add("proof " + proof.drill() + " " + proof.manifestSha256()));
        holdings.verifications().forEach(verification -> lines.add("verification " + verification.id()));
        holdings.tombstones().forEach(stone -> lines.add("tombstone " + stone.plan() + " " + stone.backup()));
        return Tally.sha256Hex(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the tombstones of one approval; an object that somebody else approved meanwhile keeps theirs. */
    List<String> condemn(Holdings holdings, RetentionPlan plan, String by, Instant at) throws IOException {
        String id = vault.newId();
        DataKey key = vault.createKey(id);
        long newest = holdings.backups().stream()
                .mapToLong(holding -> holding.name().sequence())
                .max()
                .orElse(0);
        List<Tombstone> stones = new ArrayList<>();
        for (Entry entry : plan.removals()) {
            Tombstone.Approval approval = new Tombstone.Approval(
                    by, at, newest, entry.candidate().standing() != Candidate.Standing.UNREADABLE, entry.reason());
            stones.add(stone(holdings, entry.candidate(), id, approval));
        }
        Tombstone.Approval approval = new Tombstone.Approval(by, at, newest, false, "never finished");
        plan.leftovers()
                .forEach(leftover -> stones.add(new Tombstone(
                        vault.storeId(), vault.layout().source(), id, leftover, 0, "", Optional.empty(), approval)));
        for (Tombstone stone : stones) {
            SignedFolder.tombstones(vault).write(stone, key);
        }
        return stones.stream().map(Tombstone::backup).toList();
    }

    private Tombstone stone(Holdings holdings, Candidate candidate, String plan, Tombstone.Approval approval)
            throws IOException {
        Layout.ManifestName name = new Layout.ManifestName(candidate.sequence(), candidate.backup());
        Optional<Held> held = holdings.backups().stream()
                .filter(holding -> holding.name().equals(name) && holding instanceof Held)
                .map(Held.class::cast)
                .findFirst();
        String hash = held.isPresent()
                ? held.get().sha256()
                : Tally.sha256Hex(vault.read(vault.layout().manifest(name), 2 << 20));
        return new Tombstone(
                vault.storeId(),
                vault.layout().source(),
                plan,
                candidate.backup(),
                candidate.sequence(),
                hash,
                held.flatMap(Held::previous),
                approval);
    }

    /** What was approved to go and is still there, newest first. */
    static List<PendingRemoval> pending(Holdings holdings) {
        Set<Layout.ManifestName> there =
                holdings.backups().stream().map(Holding::name).collect(Collectors.toSet());
        return holdings.tombstones().stream()
                .filter(stone ->
                        stone.isLeftover() || there.contains(new Layout.ManifestName(stone.sequence(), stone.backup())))
                .map(RetentionJob::pending)
                .sorted(Comparator.comparingLong(PendingRemoval::sequence).reversed())
                .toList();
    }

    private static PendingRemoval pending(Tombstone stone) {
        Tombstone.Approval approval = stone.approval();
        Instant notBefore = approval.at().plus(Sweeper.DELAY);
        return new PendingRemoval(
                stone.backup(), stone.sequence(), approval.by(), approval.at(), notBefore, approval.reason());
    }

    /** Takes back an approval; false when there is none, or its backup is gone already. */
    boolean spare(Holdings holdings, String backup) throws IOException {
        for (Tombstone stone : holdings.tombstones()) {
            boolean there = holdings.backups().stream()
                    .anyMatch(holding -> holding.name().backup().equals(backup));
            if (stone.backup().equals(backup) && (there || stone.isLeftover())) {
                return vault.store().delete(vault.layout().tombstone(stone));
            }
        }
        return false;
    }

    SweepReport sweep(Instant now) throws BackupException, IOException {
        return sweeper.sweep(catalogue.read(), now);
    }
}
