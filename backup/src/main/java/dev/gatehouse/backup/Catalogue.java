// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.Holding.Held;
import dev.gatehouse.backup.Holding.Unreadable;
import dev.gatehouse.backup.Layout.ManifestName;
import dev.gatehouse.backup.store.HighWaterMark;
import dev.gatehouse.backup.store.HighWaterMark.Mark;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what the store holds and judges it. What was authenticated once is not opened again as long as its bytes are the
 * same.
 */
final class Catalogue {

    /** The most backups, and the most proofs, that are read; older ones stay restorable by ID. */
    static final int MOST = 2_000;

    private final Vault vault;
    private final Manifests manifests;
    private final Proofs proofs;
    private final HighWaterMark marks;
    private Map<String, Held> opened = Map.of();
    private Map<String, Proof> proven = Map.of();

    Catalogue(Vault vault, HighWaterMark marks) {
        this.vault = vault;
        this.manifests = new Manifests(vault);
        this.proofs = new Proofs(vault);
        this.marks = marks;
    }

    /** Reads everything, and raises the high-water mark when the store is ahead of it in good order. */
    synchronized Holdings read() throws IOException {
        List<Holding> backups = backups();
        List<String> alarms = new ArrayList<>();
        Optional<Mark> mark = marks.read(vault.storeId(), vault.layout().source());
        Optional<String> rollback = Chain.rollback(backups, mark);
        rollback.ifPresent(alarms::add);
        alarms.addAll(Chain.alarms(backups));
        if (rollback.isEmpty() && !backups.isEmpty() && backups.get(0) instanceof Held newest) {
            raise(newest);
        }
        return new Holdings(backups, proofs(alarms), rollback, alarms);
    }

    void raise(Held newest) throws IOException {
        Mark mark = new Mark(newest.name().sequence(), newest.name().backup(), newest.sha256());
        marks.raise(vault.storeId(), vault.layout().source(), mark);
    }

    /** The number that the next backup gets: higher than any that was ever given. */
    long nextSequence(Holdings holdings) throws IOException {
        long held = holdings.backups().stream()
                .mapToLong(holding -> holding.name().sequence())
                .max()
                .orElse(0);
        long high = marks.read(vault.storeId(), vault.layout().source())
                .map(Mark::sequence)
                .orElse(0L);
        return 1 + Math.max(held, high);
    }

    private List<Holding> backups() throws IOException {
        Map<String, Held> fresh = new HashMap<>();
        List<Holding> holdings = new ArrayList<>();
        List<ManifestName> names = manifests.names();
        for (ManifestName name : names.subList(0, Math.min(MOST, names.size()))) {
            Holding holding = holding(name);
            holdings.add(holding);
            if (holding instanceof Held readable) {
                fresh.put(key(name, readable.sha256()), readable);
            }
        }
        opened = fresh;
        return holdings;
    }

    private Holding holding(ManifestName name) {
        try {
            byte[] bytes = manifests.bytes(name);
            Held known = opened.get(key(name, Tally.sha256Hex(bytes)));
            return known != null ? known : Held.of(name, manifests.open(name, bytes));
        } catch (BackupException e) {
            return new Unreadable(name, e);
        }
    }

    private static String key(ManifestName name, String sha256) {
        return name.sequence() + "-" + name.backup() + "-" + sha256;
    }

    private List<Proof> proofs(List<String> alarms) throws IOException {
        Map<String, Proof> fresh = new HashMap<>();
        List<ObjectName> names = vault.store().list(vault.layout().proofs());
        for (ObjectName name : names.subList(0, Math.min(MOST, names.size()))) {
            byte[] bytes = proofs.bytes(name);
            String key = name + "-" + Tally.sha256Hex(bytes);
            Proof known = proven.get(key);
            Optional<Proof> proof = known != null ? Optional.of(known) : proof(name, bytes, alarms);
            proof.ifPresent(value -> fresh.put(key, value));
        }
        proven = fresh;
        return fresh.values().stream()
                .sorted(Comparator.comparing((Proof proof) -> proof.measured().startedAt())
                        .thenComparing(Proof::drill)
                        .reversed())
                .toList();
    }

    private Optional<Proof> proof(ObjectName name, byte[] bytes, List<String> alarms) {
        String[] segments = name.value().split("/", -1);
        String backup = segments[segments.length - 2];
        try {
            Decoded<Proof> decoded = proofs.read(name, bytes, vault.key(backup));
            if (decoded instanceof Decoded.Value<Proof> proof) {
                return Optional.of(proof.value());
            }
            alarms.add("backup " + backup + ": the proof " + name + " was changed or moved and does not count");
        } catch (BackupException e) {
            alarms.add(String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }
}
