// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A file that only its owner may read or write. */
final class PrivateFile {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private PrivateFile() {}

    /** Writes a new file whole and durably; one that appears meanwhile wins and stays as it is. */
    static void create(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("backup.keys: " + file + " is not a place for a file");
        }
        Files.createDirectories(folder, POSIX ? attributes("rwx------") : attributes());
        Path part = folder.resolve("." + UUID.randomUUID() + ".part");
        try {
            write(part, text);
            Files.createLink(file, part);
            forceFolder(folder);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster: its key counts.
            return;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Puts new text in a file's place, whole and durably: whoever reads sees the old or the new; it may keep a time. */
    static void replace(Path file, String text, Optional<FileTime> modified) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("backup.keys: " + file + " is not a place for a file");
        }
        Path part = folder.resolve("." + UUID.randomUUID() + ".part");
        try {
            write(part, text);
            if (modified.isPresent()) {
                Files.setLastModifiedTime(part, modified.get());
            }
            Files.move(part, file.toAbsolutePath(), StandardCopyOption.ATOMIC_MOVE);
            forceFolder(folder);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void write(Path part, String text) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(part, options, POSIX ? attributes("rw-------") : attributes())) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void forceFolder(Path folder) throws IOException {
        if (POSIX) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Throws when somebody else may read or write the file; on file systems without such permissions, nothing is known. */
    static void refuseUnlessPrivate(Path file) throws IOException {
        if (!POSIX) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNER.containsAll(permissions)) {
            throw new IOException(
                    "backup.keys: " + file + " has mode " + PosixFilePermissions.toString(permissions)
                            + " but only its owner may have access; run chmod 600 on it, and rotate the key if others could read it");
        }
    }

    private static FileAttribute<?>[] attributes(String mode) {
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))};
    }

    private static FileAttribute<?>[] attributes() {
        return new FileAttribute<?>[0];
    }
}
