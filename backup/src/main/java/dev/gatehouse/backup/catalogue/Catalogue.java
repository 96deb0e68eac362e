// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.catalogue;

import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.catalogue.Holding.Held;
import dev.gatehouse.backup.catalogue.Holding.Unreadable;
import dev.gatehouse.backup.format.Layout.ManifestName;
import dev.gatehouse.backup.format.Manifests;
import dev.gatehouse.backup.format.Proof;
import dev.gatehouse.backup.format.SignedFolder;
import dev.gatehouse.backup.format.Tally;
import dev.gatehouse.backup.format.Tombstone;
import dev.gatehouse.backup.format.Vault;
import dev.gatehouse.backup.format.Verification;
import dev.gatehouse.backup.store.HighWaterMark;
import dev.gatehouse.backup.store.HighWaterMark.Mark;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
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
public final class Catalogue {

    /** The most backups, and the most proofs, that are read; older ones stay restorable by ID. */
    static final int MOST = 2_000;

    private final Vault vault;
    private final Manifests manifests;
    private final SignedFolder<Proof> proofs;
    private final SignedFolder<Tombstone> tombstones;
    private final SignedFolder<Verification> verifications;
    private final HighWaterMark marks;
    private final long leastBytes;
    private Map<String, Held> opened = Map.of();

    /** Backups smaller than {@code leastBytes} never count as good. */
    public Catalogue(Vault vault, HighWaterMark marks, long leastBytes) {
        this.vault = vault;
        this.manifests = new Manifests(vault);
        this.proofs = SignedFolder.proofs(vault);
        this.tombstones = SignedFolder.tombstones(vault);
        this.verifications = SignedFolder.verifications(vault);
        this.marks = marks;
        this.leastBytes = leastBytes;
    }

    /** Reads everything, and raises the high-water mark when the store is ahead of it in good order. */
    public synchronized Holdings read() throws IOException {
        List<Holding> backups = backups();
        List<String> alarms = new ArrayList<>();
        Optional<Mark> mark = marks.read(vault.storeId(), vault.layout().source());
        Optional<String> rollback = Chain.rollback(backups, mark);
        rollback.ifPresent(alarms::add);
        List<Tombstone> gone = tombstones.read(alarms);
        alarms.addAll(Chain.alarms(backups, gone));
        if (rollback.isEmpty() && !backups.isEmpty() && backups.get(0) instanceof Held newest) {
            raise(newest);
        }
        return new Holdings(backups, proofs(alarms), gone, verifications(alarms), rollback, leastBytes, alarms);
    }

    void raise(Held newest) throws IOException {
        Mark mark = new Mark(newest.name().sequence(), newest.name().backup(), newest.sha256());
        marks.raise(vault.storeId(), vault.layout().source(), mark);
    }

    /** The number that the next backup gets: higher than any that was ever given. */
    public long nextSequence(Holdings holdings) throws IOException {
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
            Optional<Holding> holding = holding(name);
            holding.ifPresent(holdings::add);
            if (holding.isPresent() && holding.get() instanceof Held readable) {
                fresh.put(key(name, readable.sha256()), readable);
            }
        }
        opened = fresh;
        return holdings;
    }

    /** Empty when it went away since it was listed; whether that was right, the chain tells. */
    private Optional<Holding> holding(ManifestName name) {
        try {
            byte[] bytes = manifests.bytes(name);
            Held known = opened.get(key(name, Tally.sha256Hex(bytes)));
            return Optional.of(known != null ? known : opened(name, bytes));
        } catch (BackupException e) {
            return e.getCause() instanceof NoSuchFileException
                    ? Optional.empty()
                    : Optional.of(new Unreadable(name, e));
        }
    }

    private Holding opened(ManifestName name, byte[] bytes) {
        try {
            return Held.of(name, manifests.open(name, bytes));
        } catch (BackupException e) {
            return new Unreadable(name, e);
        }
    }

    private static String key(ManifestName name, String sha256) {
        return name.sequence() + "-" + name.backup() + "-" + sha256;
    }

    private List<Proof> proofs(List<String> alarms) throws IOException {
        return proofs.read(alarms).stream()
                .sorted(Comparator.comparing((Proof proof) -> proof.measured().startedAt())
                        .thenComparing(Proof::drill)
                        .reversed())
                .toList();
    }

    private List<Verification> verifications(List<String> alarms) throws IOException {
        return verifications.read(alarms).stream()
                .sorted(Comparator.comparing(Verification::startedAt)
                        .thenComparing(Verification::id)
                        .reversed())
                .toList();
    }
}
