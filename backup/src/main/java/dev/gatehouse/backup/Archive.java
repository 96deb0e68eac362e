// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.catalogue.Catalogue;
import dev.gatehouse.backup.catalogue.Holdings;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.format.Authentic;
import dev.gatehouse.backup.format.Layout;
import dev.gatehouse.backup.format.Layout.ManifestName;
import dev.gatehouse.backup.format.Leases;
import dev.gatehouse.backup.format.Manifest;
import dev.gatehouse.backup.format.Manifests;
import dev.gatehouse.backup.format.Vault;
import dev.gatehouse.backup.pipeline.Flow;
import dev.gatehouse.backup.pipeline.Progress;
import dev.gatehouse.backup.pipeline.Restorer;
import dev.gatehouse.backup.pipeline.VerifyJob;
import dev.gatehouse.backup.source.Facts;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.HighWaterMark;
import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.backup.verify.VerifyBudget;
import dev.gatehouse.backup.verify.VerifyLevel;
import dev.gatehouse.backup.verify.VerifyReport;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The backups of one source as they lie in a store, without the application that made them: lists, verifies and restores
 * them. Writes nothing to the store but a note that a backup is being read, and does without where it may not. Not
 * thread-safe.
 */
public final class Archive {

    private final Vault vault;
    private final Manifests manifests;
    private final Catalogue catalogue;
    private final Restorer restorer;
    private final Ticker ticker = Ticker.system();

    private Archive(Vault vault, HighWaterMark marks, int workers) {
        this.vault = vault;
        this.manifests = new Manifests(vault);
        this.catalogue = new Catalogue(vault, new SeenMarks(marks), 0);
        this.restorer = new Restorer(vault, manifests, new Leases(vault, InstantSource.system()), workers);
    }

    /** The backups of {@code source}; throws when {@code store} is none, for a mistyped address is not an empty store. */
    public static Archive open(BackupStore store, KeyProvider keys, String source) throws IOException {
        return open(store, keys, source, HighWaterMark.inMemory());
    }

    /** The same, compared with what {@code marks} remember, which stays as it is. */
    public static Archive open(BackupStore store, KeyProvider keys, String source, HighWaterMark marks)
            throws IOException {
        Vault vault = Vault.existing(store, keys, new SecureRandom(), new Layout(source));
        int workers = Math.min(Flow.MOST_WORKERS, Runtime.getRuntime().availableProcessors());
        return new Archive(vault, marks, workers);
    }

    /** The sources that have backups in {@code store}, in order. */
    public static List<String> sources(BackupStore store) throws IOException {
        TreeSet<String> sources = new TreeSet<>();
        for (ObjectName name : store.list(ObjectName.of("v1"))) {
            String[] segments = name.value().split("/", -1);
            if (segments.length == 4 && segments[2].equals("manifests")) {
                sources.add(segments[1]);
            }
        }
        return List.copyOf(sources);
    }

    /**
     * What the store holds.
     *
     * @param backups newest first
     * @param alarms what is not as it was left: deleted, replaced, put back
     * @param rolledBack whether the newest backup is not the newest ever made, as far as that is remembered
     */
    public record Contents(List<ArchivedBackup> backups, List<String> alarms, boolean rolledBack) {
        /** Freezes copies. */
        public Contents {
            backups = List.copyOf(backups);
            alarms = List.copyOf(alarms);
        }
    }

    /** Reads and judges everything but the contents. */
    public Contents contents() throws IOException {
        Holdings holdings = catalogue.read();
        return new Contents(
                ArchivedBackup.all(holdings),
                holdings.alarms(),
                holdings.rollback().isPresent());
    }

    /** The newest backup that passed a drill, unharmed since. */
    public Optional<ProvenBackup> newestProven() throws IOException {
        return catalogue.read().newestProven();
    }

    /** Reads one backup, or all when none is named, without restoring. What is damaged is told, not thrown. */
    public VerifyReport verify(Optional<String> backup, VerifyLevel level, VerifyBudget budget) throws BackupException {
        try {
            List<ManifestName> names = backup.isPresent() ? List.of(restorer.named(backup.get())) : manifests.names();
            return new VerifyJob(vault, ticker).verify(names, level, budget, 0).report();
        } catch (IOException e) {
            throw BackupException.of(null, "the store could not be read: " + e.getMessage(), e);
        }
    }

    /**
     * Everything that a restore asks before it reads contents: that the backup opens and is complete, the target new and
     * apart from the store, and the disk large enough. Writes nothing.
     */
    public RestorePlan check(String backup, Path target) throws BackupException {
        Authentic authentic = manifests.open(restorer.named(backup));
        restorer.check(authentic, target);
        Manifest manifest = authentic.manifest();
        return new RestorePlan(
                backup,
                manifest.engine(),
                manifest.timing().snapshotAt(),
                manifest.plainBytes(),
                manifest.artifacts().stream().map(Manifest.Artifact::name).toList(),
                manifest.facts());
    }

    /**
     * What a restore would do.
     *
     * @param backup the backup
     * @param engine what made it, and what reads it
     * @param recoveryPoint everything committed before this instant is in it
     * @param bytes the files' bytes
     * @param files their names
     * @param facts what the source said about itself, to be compared with where it is to go
     */
    public record RestorePlan(
            String backup, String engine, Instant recoveryPoint, long bytes, List<String> files, Facts facts) {
        /** Freezes a copy. */
        public RestorePlan {
            files = List.copyOf(files);
        }
    }

    /** As {@link Backups#restore}; {@code progress} is told once a second how far it is. */
    public Restored restore(String backup, Path target, Consumer<String> progress) throws BackupException {
        return restorer.restore(backup, target, new Progress(ticker, how -> progress.accept(how.toString())));
    }

    /** As {@link Backups#read}; {@code progress} is told once a second how far it is. */
    public ReadableBackup read(String backup, Consumer<String> progress) throws BackupException {
        return restorer.read(backup, new Progress(ticker, how -> progress.accept(how.toString())));
    }

    /** Marks that are looked at and not raised. */
    private record SeenMarks(HighWaterMark marks) implements HighWaterMark {

        @Override
        public Optional<Mark> read(String store, String source) throws IOException {
            return marks.read(store, source);
        }

        @Override
        public void raise(String store, String source, Mark mark) {
            // Whoever only looks decides nothing about what is the newest.
        }
    }
}
