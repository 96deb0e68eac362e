// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** A stream of bytes that is one file of the backup: a file, a text in memory, the output of a child process. */
public interface Part {

    /**
     * The name under which it is restored: 1 to 80 of {@code A-Z a-z 0-9 . _ -}, in a set of sources after the name of
     * its source and a slash; once in a snapshot. One that ends with {@link FileTree#SUFFIX} holds a tree of files and is
     * restored as a folder without that ending.
     */
    String name();

    /** How many bytes are about to come, for progress only; empty when nobody knows. */
    OptionalLong expectedBytes();

    /**
     * Opens it, once. The stream says that it ends only when the part is complete; if its end cannot be trusted, as when
     * a child process failed, {@code read} throws instead. Closing it early, also from another thread, ends whatever
     * produces it.
     */
    InputStream open() throws IOException;

    /** A file that nobody writes to any more; reading fails when its length is not what it was. */
    static Part file(String name, Path file) throws IOException {
        return FilePart.of(name, file);
    }

    /** A few bytes. */
    static Part bytes(String name, byte[] content) {
        byte[] copy = content.clone();
        return new StreamPart(name, OptionalLong.of(copy.length), () -> new ByteArrayInputStream(copy));
    }

    /** Whatever {@code opening} opens, under the rules of {@link #open}. */
    static Part stream(String name, OptionalLong expectedBytes, Opening opening) {
        return new StreamPart(name, expectedBytes, opening);
    }

    /**
     * The standard output of a child process, which is started when the part is opened. The part is complete only if the
     * process exits with 0 and wrote nothing to its standard error but lines that are {@code harmless}. Of those lines
     * the first 8 KiB are told.
     */
    static Part process(String name, OptionalLong expectedBytes, ProcessBuilder command, Predicate<String> harmless) {
        return new StreamPart(name, expectedBytes, () -> ProcessStream.start(command, harmless));
    }

    /** Opens a stream. */
    @FunctionalInterface
    interface Opening {
        /** Opens it. */
        InputStream open() throws IOException;
    }
}
