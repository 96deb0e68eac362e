// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

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

    /**
     * The store in a directory of the file system, made when missing, readable by its owner only. Objects are forced to
     * the disk and renamed into place. What a killed process left half-written is removed when the store is opened.
     */
    static BackupStore directory(Path directory) throws IOException {
        return DirectoryStore.open(directory);
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
