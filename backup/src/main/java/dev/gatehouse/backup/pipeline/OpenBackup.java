// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.ReadableBackup;
import dev.gatehouse.backup.format.Leases;
import dev.gatehouse.backup.format.Manifest;
import dev.gatehouse.backup.format.Manifest.Artifact;
import dev.gatehouse.backup.source.Facts;
import dev.gatehouse.backup.source.Invariant;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** A backup with a lease on it. */
record OpenBackup(Manifest manifest, ChunkReader reader, Progress progress, Leases.Lease lease)
        implements ReadableBackup {

    void requireAll() throws BackupException, IOException {
        reader.requireAll(manifest);
        progress.expect(OptionalLong.of(manifest.plainBytes()));
    }

    @Override
    public String id() {
        return manifest.backup();
    }

    @Override
    public Instant recoveryPoint() {
        return manifest.timing().snapshotAt();
    }

    @Override
    public Facts facts() {
        return manifest.facts();
    }

    @Override
    public List<Invariant> invariants() {
        return manifest.invariants();
    }

    @Override
    public List<String> files() {
        return manifest.artifacts().stream().map(Artifact::name).toList();
    }

    @Override
    public InputStream read(String file) {
        Artifact artifact = manifest.artifacts().stream()
                .filter(candidate -> candidate.name().equals(file))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("backup " + id() + ": it has no file " + file));
        return new ArtifactStream(reader, artifact, progress::moved);
    }

    @Override
    public void close() {
        lease.close();
    }
}
