// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A primary and what follows it. What a copy fails at is told in the log and, for good, by {@link #reconcile}. */
final class MirroredStore implements BackupStore {

    private static final Logger LOG = LoggerFactory.getLogger(MirroredStore.class);

    private final Mirroring mirroring;
    private final BackupStore primary;
    private final List<Mirror> mirrors;
    private final List<BackupStore> copies;

    private MirroredStore(Mirroring mirroring, BackupStore primary, List<Mirror> mirrors, List<BackupStore> copies) {
        this.mirroring = mirroring;
        this.primary = primary;
        this.mirrors = mirrors;
        this.copies = copies;
    }

    static MirroredStore of(Mirroring mirroring, HighWaterMark marks, BackupStore primary, List<BackupStore> mirrors) {
        List<BackupStore> copies = new ArrayList<>(List.of(primary));
        copies.addAll(mirrors);
        long names = copies.stream().map(copy -> copy.place().name()).distinct().count();
        if (mirrors.isEmpty() || names < copies.size()) {
            throw new IllegalArgumentException(
                    "backup.store: a mirrored store needs at least one mirror," + " and each copy a name of its own");
        }
        return new MirroredStore(
                mirroring,
                primary,
                mirrors.stream().map(copy -> new Mirror(primary, copy, marks)).toList(),
                List.copyOf(copies));
    }

    @Override
    public Place place() {
        return primary.place();
    }

    @Override
    public List<BackupStore> copies() {
        return copies;
    }

    @Override
    public void prove() throws IOException {
        for (BackupStore copy : copies) {
            copy.prove();
        }
    }

    @Override
    public Put putIfAbsent(ObjectName name, Body body) throws IOException {
        Put put = primary.putIfAbsent(name, body);
        if (put == Put.STORED && mirroring == Mirroring.ALL) {
            mirror(name);
        }
        return put;
    }

    private void mirror(ObjectName name) throws IOException {
        try {
            for (Mirror mirror : mirrors) {
                mirror.copy(name);
            }
        } catch (IOException e) {
            takeBack(name, e);
            throw e;
        }
    }

    /** What not every copy has is not stored, so the name becomes free again where it can be. */
    private void takeBack(ObjectName name, IOException failure) {
        try {
            delete(name);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public InputStream open(ObjectName name) throws IOException {
        return FallbackStream.open(copies, name);
    }

    @Override
    public List<ObjectName> list(ObjectName folder) throws IOException {
        try {
            return primary.list(folder);
        } catch (IOException e) {
            for (Mirror mirror : mirrors) {
                try {
                    List<ObjectName> names = mirror.store().list(folder);
                    LOG.warn("{} could not be listed, so {} was: {}", place().name(), mirror.name(), e.toString());
                    return names;
                } catch (IOException other) {
                    e.addSuppressed(other);
                }
            }
            throw e;
        }
    }

    /** The primary first: what is gone there and not yet elsewhere is left over, what is gone elsewhere only is a loss. */
    @Override
    public boolean delete(ObjectName name) throws IOException {
        boolean deleted = primary.delete(name);
        IOException failure = null;
        for (Mirror mirror : mirrors) {
            try {
                deleted |= mirror.store().delete(name);
            } catch (NoSuchFileException e) {
                LOG.debug("{} is gone from {} already", name, mirror.name());
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return deleted;
    }

    @Override
    public List<CopyReport> reconcile() {
        return mirrors.stream().map(Mirror::reconcile).toList();
    }
}
