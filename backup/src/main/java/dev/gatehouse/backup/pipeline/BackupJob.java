// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.catalogue.Catalogue;
import dev.gatehouse.backup.catalogue.Holding;
import dev.gatehouse.backup.catalogue.Holding.Held;
import dev.gatehouse.backup.catalogue.Holdings;
import dev.gatehouse.backup.crypto.DataKey;
import dev.gatehouse.backup.format.Authentic;
import dev.gatehouse.backup.format.Layout;
import dev.gatehouse.backup.format.Layout.ManifestName;
import dev.gatehouse.backup.format.Manifest;
import dev.gatehouse.backup.format.Manifest.Artifact;
import dev.gatehouse.backup.format.Manifest.Previous;
import dev.gatehouse.backup.format.Manifest.Timing;
import dev.gatehouse.backup.format.Manifests;
import dev.gatehouse.backup.format.Printable;
import dev.gatehouse.backup.format.Vault;
import dev.gatehouse.backup.source.BackupSource;
import dev.gatehouse.backup.source.Facts;
import dev.gatehouse.backup.source.Invariant;
import dev.gatehouse.backup.source.Part;
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
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one backup: snapshot, chunks, and the manifest last, so that a backup is whole or is none. */
public record BackupJob(
        BackupSource source,
        Vault vault,
        Catalogue catalogue,
        Path workFolder,
        Flow flow,
        InstantSource clock,
        Ticker ticker) {

    private static final Logger LOG = LoggerFactory.getLogger(BackupJob.class);

    public Held make(String backup, Progress progress) throws IOException, SQLException {
        Instant startedAt = clock.instant();
        long start = ticker.nanos();
        Holdings before = catalogue.read();
        requireNewestRead(before);
        boolean done = false;
        try (WorkFolder work = WorkFolder.create(workFolder)) {
            Instant snapshotAt = clock.instant();
            DataKey key = vault.createKey(backup);
            Contents contents = contents(work, key, backup, progress);
            Timing timing = new Timing(startedAt, snapshotAt, (ticker.nanos() - start) / 1_000_000);
            Manifest manifest = manifest(backup, before, timing, contents);
            requireAlone(before);
            String sha256 = new Manifests(vault).write(manifest, key);
            requireSingle(manifest);
            done = true;
            return Held.of(new ManifestName(manifest.sequence(), backup), new Authentic(manifest, sha256, key));
        } finally {
            if (!done) {
                removeLeftovers(backup);
            }
        }
    }

    private Contents contents(WorkFolder work, DataKey key, String backup, Progress progress)
            throws IOException, SQLException {
        try (Snapshot snapshot = source.snapshot(work.folder("snapshot"));
                ChunkWriter writer = new ChunkWriter(vault, key, backup, flow, progress, ticker)) {
            List<Artifact> artifacts = new ArrayList<>();
            for (Part part : snapshot.parts()) {
                if (!Layout.isArtifact(part.name())) {
                    throw new IOException("backup.source: " + part.name() + " is not the name of a file");
                }
                artifacts.add(writer.store(part));
            }
            // Only now, for some facts are known only when all was read.
            Facts facts = snapshot.facts();
            List<String> warnings = warnings(snapshot);
            warnings.forEach(warning -> LOG.warn("backup {}: {}", backup, warning));
            return new Contents(snapshot.engine(), facts, snapshot.invariants(), warnings, artifacts);
        }
    }

    private Manifest manifest(String backup, Holdings before, Timing timing, Contents contents) throws IOException {
        return new Manifest(
                vault.storeId(),
                source.name(),
                backup,
                catalogue.nextSequence(before),
                before.newest().map(BackupJob::previous),
                timing,
                contents.engine(),
                contents.facts(),
                contents.invariants(),
                contents.warnings(),
                contents.artifacts());
    }

    /** What a snapshot gave, stored. */
    private record Contents(
            String engine, Facts facts, List<Invariant> invariants, List<String> warnings, List<Artifact> artifacts) {}

    /** As the manifest can hold them. */
    private static List<String> warnings(Snapshot snapshot) {
        return snapshot.warnings().stream()
                .filter(warning -> !warning.isBlank())
                .limit(Manifest.MOST_WARNINGS)
                .map(Printable::of)
                .map(text -> text.substring(0, Math.min(text.length(), Manifest.LONGEST_WARNING)))
                .toList();
    }

    private static Previous previous(Held newest) {
        return new Previous(newest.name().sequence(), newest.name().backup(), newest.sha256());
    }

    /** Whoever goes on from an older one because the store failed for a moment breaks the chain for ever. */
    private static void requireNewestRead(Holdings before) throws IOException {
        for (Holding holding : before.backups()) {
            if (!(holding instanceof Holding.Unreadable other)) {
                return;
            }
            if (other.why() instanceof BackupException.Unavailable
                    || other.why() instanceof BackupException.Credentials) {
                throw new IOException(other.why().getMessage(), other.why());
            }
        }
    }

    /** Somebody else who wrote meanwhile is not in our chain. Marks that we share may have given us a number beyond theirs. */
    private void requireAlone(Holdings before) throws IOException {
        long known = before.backups().stream()
                .mapToLong(holding -> holding.name().sequence())
                .max()
                .orElse(0);
        Optional<ManifestName> newest = new Manifests(vault).names().stream().findFirst();
        if (newest.isPresent() && newest.get().sequence() > known) {
            throw new IOException("backup.store: another writer finished backup "
                    + newest.get().backup() + " meanwhile; only one may back up " + source.name() + " at a time");
        }
    }

    /** Of two that wrote at the same time, neither saw the other before; now both do, and give up. */
    private void requireSingle(Manifest manifest) throws IOException {
        Optional<ManifestName> twin = twin(manifest);
        if (twin.isPresent()) {
            throw new IOException("backup.store: another writer gave number " + manifest.sequence() + " to backup "
                    + twin.get().backup() + " at the same time; only one may back up " + source.name() + " at a time");
        }
    }

    /** A store that no longer answers makes no backup undone that is whole. */
    private Optional<ManifestName> twin(Manifest manifest) {
        try {
            return new Manifests(vault)
                    .names().stream()
                            .filter(name -> name.sequence() == manifest.sequence()
                                    && !name.backup().equals(manifest.backup()))
                            .findFirst();
        } catch (IOException e) {
            LOG.warn("whether backup {} has its number alone could not be seen: {}", manifest.backup(), e.toString());
            return Optional.empty();
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
            vault.deleteKey(backup);
        } catch (IOException e) {
            LOG.warn("backup {} failed and its objects could not be removed: {}", backup, e.toString());
        }
    }
}
