// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.ReadableBackup;
import dev.gatehouse.backup.Restored;
import dev.gatehouse.backup.format.Authentic;
import dev.gatehouse.backup.format.Layout.ManifestName;
import dev.gatehouse.backup.format.Leases;
import dev.gatehouse.backup.format.Manifest;
import dev.gatehouse.backup.format.Manifest.Artifact;
import dev.gatehouse.backup.format.Manifests;
import dev.gatehouse.backup.format.Vault;
import dev.gatehouse.backup.source.FileTree;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.Place;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Restores a backup into a new folder. Everything is read into a private folder beside it first; only when all of it is
 * authentic and whole does that folder get the target's name.
 */
public record Restorer(Vault vault, Manifests manifests, Leases leases, int workers) {

    public Restored restore(String backup, Path target, Progress progress) throws BackupException {
        return restore(manifests.open(named(backup)), target, progress);
    }

    /** The one manifest of a backup. */
    public ManifestName named(String backup) throws BackupException {
        try {
            List<ManifestName> names = manifests.names().stream()
                    .filter(name -> name.backup().equals(backup))
                    .toList();
            if (names.size() > 1) {
                throw new BackupException.Damaged(backup, "it has " + names.size() + " manifests", null);
            }
            return names.stream()
                    .findFirst()
                    .orElseThrow(() -> new BackupException.NotFound(backup, "the store has no such backup"));
        } catch (IOException e) {
            throw BackupException.of(backup, "the store could not be listed: " + e.getMessage(), e);
        }
    }

    public Restored restore(Authentic backup, Path target, Progress progress) throws BackupException {
        Manifest manifest = backup.manifest();
        Path place = target.toAbsolutePath().normalize();
        check(backup, target);
        Leases.Lease lease = leases.take(manifest.backup());
        try {
            // With the note in the store the manifest cannot go unseen any more; whether it was faster, this tells.
            named(manifest.backup());
            Files.createDirectories(parent(place));
            stage(backup, place, progress);
        } catch (IOException e) {
            throw BackupException.of(
                    manifest.backup(), "could not be restored into " + place + ": " + e.getMessage(), e);
        } finally {
            lease.close();
        }
        return new Restored(
                manifest.backup(),
                place,
                manifest.timing().snapshotAt(),
                manifest.plainBytes(),
                manifest.facts(),
                manifest.invariants());
    }

    /** Holds a backup open to be read, when each of its chunks is there. */
    public ReadableBackup read(String backup, Progress progress) throws BackupException {
        Authentic authentic = manifests.open(named(backup));
        OpenBackup open = new OpenBackup(
                authentic.manifest(), new ChunkReader(vault, authentic.key(), backup), progress, leases.take(backup));
        boolean whole = false;
        try {
            // As for a restore: whether a removal was faster than the note.
            named(backup);
            open.requireAll();
            whole = true;
            return open;
        } catch (IOException e) {
            throw BackupException.of(backup, "the store could not be listed: " + e.getMessage(), e);
        } finally {
            if (!whole) {
                open.close();
            }
        }
    }

    /** Everything that can be found out without reading the contents or writing anything. */
    public void check(Authentic backup, Path target) throws BackupException {
        Manifest manifest = backup.manifest();
        Path place = target.toAbsolutePath().normalize();
        try {
            requireApart(manifest.backup(), place);
            requireNew(manifest.backup(), place);
            // A missing chunk is found before anything is written.
            new ChunkReader(vault, backup.key(), manifest.backup()).requireAll(manifest);
            requireRoom(manifest, place);
        } catch (IOException e) {
            throw BackupException.of(
                    manifest.backup(), "could not be restored into " + place + ": " + e.getMessage(), e);
        }
    }

    /** What is restored into the store itself would be taken for a part of it, and be lost with it. */
    private void requireApart(String backup, Path target) throws BackupException, IOException {
        Path place = real(target);
        for (BackupStore copy : vault.store().copies()) {
            Place where = copy.place();
            if (where.kind().equals("directory") && place.startsWith(real(Path.of(where.where())))) {
                throw new BackupException.TargetRefused(
                        backup, place + " lies within the store " + where.where() + "; choose a place apart from it");
            }
        }
    }

    private void stage(Authentic backup, Path place, Progress progress) throws BackupException, IOException {
        Manifest manifest = backup.manifest();
        progress.expect(OptionalLong.of(manifest.plainBytes()));
        // A restore that was killed here left what it had read, unencrypted.
        WorkFolder.sweep(parent(place));
        try (WorkFolder staging = WorkFolder.create(parent(place))) {
            Path files = staging.folder("files");
            ChunkReader reader = new ChunkReader(vault, backup.key(), manifest.backup());
            try (Spool spool = new Spool(reader, workers, progress)) {
                for (Artifact artifact : manifest.artifacts()) {
                    Path file = files.resolve(artifact.name());
                    Files.createDirectories(parent(file));
                    spool.write(artifact, file);
                }
            }
            unpack(manifest, files);
            release(manifest.backup(), files, place);
        }
    }

    private static void unpack(Manifest manifest, Path files) throws BackupException, IOException {
        for (Artifact artifact : manifest.artifacts()) {
            if (artifact.isTree()) {
                Path archive = files.resolve(artifact.name());
                try {
                    FileTree.unpack(archive, files.resolve(artifact.treeName()));
                } catch (FileTree.Malformed e) {
                    throw new BackupException.Damaged(
                            manifest.backup(), artifact.name() + " is no archive that may be unpacked", e);
                }
                Files.delete(archive);
            }
        }
    }

    private static void release(String backup, Path files, Path place) throws BackupException, IOException {
        try {
            Files.deleteIfExists(place);
            Files.move(files, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException e) {
            throw new BackupException.TargetRefused(backup, place + " was filled meanwhile; nothing was released");
        }
    }

    private static void requireNew(String backup, Path place) throws BackupException, IOException {
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new BackupException.TargetRefused(
                    backup, place + " is there and is not a folder; choose a new place");
        }
        try (Stream<Path> content = Files.list(place)) {
            if (content.findAny().isPresent()) {
                throw new BackupException.TargetRefused(backup, place + " is not empty; choose a new place");
            }
        }
    }

    private static void requireRoom(Manifest manifest, Path place) throws IOException {
        Path there = existing(place);
        long room = Files.getFileStore(there).getUsableSpace();
        long needed = manifest.plainBytes() + manifest.treeBytes();
        if (room < needed) {
            throw new IOException("it needs " + needed + " bytes and " + there + " has room for " + room);
        }
    }

    /** The nearest folder above that is there. */
    private static Path existing(Path place) throws IOException {
        Path there = parent(place);
        while (!Files.exists(there)) {
            there = parent(there);
        }
        return there;
    }

    /** Where a place really is, whatever links lead to it. */
    private static Path real(Path place) throws IOException {
        Path absolute = place.toAbsolutePath().normalize();
        Path there = Files.exists(absolute) ? absolute : existing(absolute);
        return there.toRealPath().resolve(there.relativize(absolute));
    }

    private static Path parent(Path place) throws IOException {
        Path parent = place.getParent();
        if (parent == null) {
            throw new IOException(place + " is not a place for a folder");
        }
        return parent;
    }
}
