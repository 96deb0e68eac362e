// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where backups lie. An object is written once, whole or not at all, and never changed. Implementations are
 * thread-safe; a store that cannot answer throws {@link IOException}.
 */
public interface BackupStore {

    /** The most names that {@link #list} gives. */
    int MOST_NAMES = 1_000_000;

    /**
     * Writes an object unless there is one of that name. When this returns {@link Put#STORED}, the object is whole and
     * survives the loss of power; when it throws, the name is as free as before.
     */
    Put putIfAbsent(ObjectName name, Body body) throws IOException;

    /** Reads an object; throws {@link java.nio.file.NoSuchFileException} when there is none. */
    InputStream open(ObjectName name) throws IOException;

    /**
     * The names of all objects below {@code folder}, at any depth, in ascending order; none when there is no such
     * folder. Throws when there are more than {@link #MOST_NAMES}.
     */
    List<ObjectName> list(ObjectName folder) throws IOException;

    /** Deletes an object; false when there was none. A store may forbid this to whoever writes backups, and throws. */
    boolean delete(ObjectName name) throws IOException;

    /** Where it lies, or where its first copy does. */
    default Place place() {
        return new Place("store", "other", getClass().getSimpleName(), Optional.empty());
    }

    /**
     * Proves that it can be read and written now and with the present credentials, and that it does not overwrite;
     * throws {@link StoreException} or another {@link IOException} when not. Leaves the one object {@code probe/canary}
     * behind, so that whoever may not delete can prove it too.
     */
    default void prove() throws IOException {
        Canary.prove(this);
    }

    /** The stores that hold a copy of everything, the first being the one that counts; only itself, unless mirrored. */
    default List<BackupStore> copies() {
        return List.of(this);
    }

    /**
     * Copies to each mirror what it lacks, compares, and tells how each stands, the first copy left out. A mirror that
     * cannot be reached is told, not thrown. Nothing to do for a store without mirrors.
     */
    default List<CopyReport> reconcile() {
        return List.of();
    }

    /**
     * One store made of several. Every object is written to {@code primary} first; listings and reads come from it, and
     * from the mirrors when it fails or lacks an object, which is logged. Backups are judged by what {@code primary}
     * lists: when it is lost, name a mirror as the store instead.
     *
     * @param marks where the newest backup of each mirror is remembered, so that a mirror that lost it is told from one
     *     that never had it
     */
    static BackupStore mirrored(Mirroring mirroring, HighWaterMark marks, BackupStore primary, BackupStore... mirrors) {
        return MirroredStore.of(mirroring, marks, primary, List.of(mirrors));
    }

    /** {@link #directory(Path)} under a name of its own, to tell it from other copies. */
    static BackupStore directory(String name, Path directory) throws IOException {
        return DirectoryStore.open(name, directory);
    }

    /**
     * The store in a directory of the file system, made when missing, readable by its owner only. Objects are forced to
     * the disk and renamed into place. What a killed process left half-written is removed when the store is opened.
     */
    static BackupStore directory(Path directory) throws IOException {
        return DirectoryStore.open("directory", directory);
    }

    /**
     * {@code store} without deleting: what whoever makes backups should hold, where credentials that cannot delete are
     * not to be had. Retention deletes through a handle of its own.
     */
    static BackupStore appendOnly(BackupStore store) {
        return new AppendOnlyStore(store);
    }

    /** How a put ended. */
    enum Put {
        /** The object is stored. */
        STORED,
        /** There was one already; nothing was written. */
        EXISTS
    }

    /** Writes an object's bytes; called once. */
    @FunctionalInterface
    interface Body {
        /** Writes all bytes to {@code out} and leaves it open; what it throws becomes the put's own failure. */
        void writeTo(OutputStream out) throws IOException;
    }
}
