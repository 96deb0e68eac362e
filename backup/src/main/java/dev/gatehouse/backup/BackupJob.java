// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.Holding.Held;
import dev.gatehouse.backup.Layout.ManifestName;
import dev.gatehouse.backup.Manifest.Artifact;
import dev.gatehouse.backup.Manifest.Previous;
import dev.gatehouse.backup.Manifest.Timing;
import dev.gatehouse.backup.crypto.DataKey;
import dev.gatehouse.backup.source.BackupSource;
import dev.gatehouse.backup.source.Snapshot;
import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one backup: snapshot, chunks, and the manifest last, so that a backup is whole or is none. */
record BackupJob(
        BackupSource source,
        Vault vault,
        Catalogue catalogue,
        Path workFolder,
        long chunkBytes,
        InstantSource clock,
        Ticker ticker) {

    private static final Logger LOG = LoggerFactory.getLogger(BackupJob.class);

    Held make(String backup) throws IOException, SQLException {
        Instant startedAt = clock.instant();
        long start = ticker.nanos();
        Holdings before = catalogue.read();
        boolean done = false;
        try (WorkFolder work = WorkFolder.create(workFolder)) {
            Instant snapshotAt = clock.instant();
            Snapshot snapshot = source.snapshot(work.folder("snapshot"));
            DataKey key = vault.createKey(backup);
            List<Artifact> artifacts = store(snapshot, key, backup);
            Timing timing = new Timing(startedAt, snapshotAt, (ticker.nanos() - start) / 1_000_000);
            Manifest manifest = manifest(backup, before, timing, snapshot, artifacts);
            requireAlone(manifest);
            String sha256 = new Manifests(vault).write(manifest, key);
            done = true;
            return Held.of(new ManifestName(manifest.sequence(), backup), new Authentic(manifest, sha256, key));
        } finally {
            if (!done) {
                removeLeftovers(backup);
            }
        }
    }

    private List<Artifact> store(Snapshot snapshot, DataKey key, String backup) throws IOException {
        ChunkWriter writer = new ChunkWriter(vault, key, backup, chunkBytes);
        List<Artifact> artifacts = new ArrayList<>();
        for (Map.Entry<String, Path> artifact : snapshot.artifacts().entrySet()) {
            if (!Layout.isArtifact(artifact.getKey())) {
                throw new IOException("backup.source: " + artifact.getKey() + " is not the name of a file");
            }
            artifacts.add(writer.store(artifact.getKey(), artifact.getValue()));
        }
        return artifacts;
    }

    private Manifest manifest(
            String backup, Holdings before, Timing timing, Snapshot snapshot, List<Artifact> artifacts)
            throws IOException {
        return new Manifest(
                vault.storeId(),
                source.name(),
                backup,
                catalogue.nextSequence(before),
                before.newest().map(BackupJob::previous),
                timing,
                snapshot.engine(),
                snapshot.facts(),
                snapshot.invariants(),
                artifacts);
    }

    private static Previous previous(Held newest) {
        return new Previous(newest.name().sequence(), newest.name().backup(), newest.sha256());
    }

    /** Somebody else who wrote meanwhile took our number. */
    private void requireAlone(Manifest manifest) throws IOException {
        Optional<ManifestName> newest = new Manifests(vault).names().stream().findFirst();
        if (newest.isPresent() && newest.get().sequence() >= manifest.sequence()) {
            throw new IOException("backup.store: another writer finished backup "
                    + newest.get().backup() + " meanwhile; only one may back up " + source.name() + " at a time");
        }
    }

    /** Without a manifest these objects are nobody's; a store that forbids deleting keeps them, to no harm. */
    private void removeLeftovers(String backup) {
        try {
            for (ManifestName name : new Manifests(vault).names()) {
                if (name.backup().equals(backup)) {
                    vault.store().delete(vault.layout().manifest(name));
                }
            }
            for (ObjectName name : vault.store().list(vault.layout().data(backup))) {
                vault.store().delete(name);
            }
            vault.store().delete(vault.layout().key(backup));
        } catch (IOException e) {
            LOG.warn("backup {} failed and its objects could not be removed: {}", backup, e.toString());
        }
    }
}
