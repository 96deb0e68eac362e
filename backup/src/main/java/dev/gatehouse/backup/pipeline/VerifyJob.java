// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.format.Layout.ManifestName;
import dev.gatehouse.backup.format.Manifest;
import dev.gatehouse.backup.format.Manifest.Artifact;
import dev.gatehouse.backup.format.Manifests;
import dev.gatehouse.backup.format.Vault;
import dev.gatehouse.backup.pipeline.Ring.Piece;
import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.backup.verify.VerifyBudget;
import dev.gatehouse.backup.verify.VerifyLevel;
import dev.gatehouse.backup.verify.VerifyReport;
import dev.gatehouse.backup.verify.VerifyReport.Damage;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads backups without restoring them. Nothing is written, and nothing of the contents is kept. */
public final class VerifyJob {

    private final Vault vault;
    private final Manifests manifests;
    private final Ticker ticker;

    public VerifyJob(Vault vault, Ticker ticker) {
        this.vault = vault;
        this.manifests = new Manifests(vault);
        this.ticker = ticker;
    }

    /** What was found, and where on the ring the next sample begins. */
    public record Outcome(VerifyReport report, long position) {}

    public Outcome verify(List<ManifestName> names, VerifyLevel level, VerifyBudget budget, long from)
            throws BackupException, IOException {
        long start = ticker.nanos();
        List<Damage> damages = new ArrayList<>();
        long bytes = level == VerifyLevel.EXISTS ? 0 : budget.bytes();
        Ring<Place> ring = new Ring<>(vault.storeId(), from, bytes);
        for (ManifestName name : names) {
            examine(name, ring, level, damages);
        }
        return read(names.size(), level, ring, damages, from, new Clock(start, budget));
    }

    /** Where a chunk belongs. */
    private record Place(ManifestName name, Artifact artifact, int index) {}

    /** What is left of the time. */
    private record Clock(long start, VerifyBudget budget) {
        boolean isOver(long now) {
            return now - start >= budget.time().toNanos();
        }
    }

    private void examine(ManifestName name, Ring<Place> ring, VerifyLevel level, List<Damage> damages)
            throws BackupException, IOException {
        Manifest manifest;
        try {
            manifest = manifests.open(name).manifest();
        } catch (BackupException.Unavailable e) {
            throw e;
        } catch (BackupException e) {
            add(damages, name.backup(), String.valueOf(e.getMessage()));
            return;
        }
        Set<ObjectName> there = new HashSet<>(vault.store().list(vault.layout().data(name.backup())));
        for (Artifact artifact : manifest.artifacts()) {
            for (int i = 0; i < artifact.chunks().size(); i++) {
                ObjectName chunk = vault.layout().chunk(name.backup(), artifact.name(), i);
                if (!there.contains(chunk)) {
                    add(damages, name.backup(), missing(name.backup(), chunk));
                } else if (level != VerifyLevel.EXISTS) {
                    long size = artifact.chunks().get(i).cipherBytes();
                    ring.offer(chunk.value(), size, new Place(name, artifact, i));
                }
            }
        }
    }

    private static String missing(String backup, ObjectName chunk) {
        return String.valueOf(new BackupException.Damaged(backup, chunk + " is missing", null).getMessage());
    }

    private Outcome read(int backups, VerifyLevel level, Ring<Place> ring, List<Damage> damages, long from, Clock clock)
            throws BackupException {
        Map<ManifestName, ChunkReader> readers = new HashMap<>();
        long chunks = 0;
        long bytes = 0;
        long position = from;
        boolean complete = ring.isWhole() || level == VerifyLevel.SAMPLE;
        for (Piece<Place> piece : ring.chosen()) {
            if (clock.isOver(ticker.nanos())) {
                complete = false;
                break;
            }
            read(piece.value(), readers, damages);
            chunks++;
            bytes += piece.size();
            position = piece.position() + 1;
        }
        return new Outcome(new VerifyReport(level, backups, chunks, bytes, complete, damages), position);
    }

    private void read(Place place, Map<ManifestName, ChunkReader> readers, List<Damage> damages)
            throws BackupException {
        String backup = place.name().backup();
        try {
            ChunkReader reader = readers.get(place.name());
            if (reader == null) {
                reader = new ChunkReader(vault, vault.key(backup), backup);
                readers.put(place.name(), reader);
            }
            reader.read(place.artifact(), place.index(), OutputStream.nullOutputStream());
        } catch (BackupException.Unavailable e) {
            throw e;
        } catch (BackupException e) {
            add(damages, backup, String.valueOf(e.getMessage()));
        }
    }

    private static void add(List<Damage> damages, String backup, String what) {
        if (damages.size() < VerifyReport.MOST) {
            damages.add(new Damage(backup, what));
        }
    }
}
