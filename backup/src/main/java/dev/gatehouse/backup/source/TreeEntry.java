// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A folder or a regular file of a tree.
 *
 * @param type {@link FileTree#FOLDER} or {@link FileTree#FILE}
 * @param path its names from the root, joined by {@code /}; empty for the root
 * @param mode its nine permission bits
 * @param modified when its content was changed last
 */
record TreeEntry(byte type, String path, int mode, Instant modified) {

    /** From the highest bit. */
    private static final List<PosixFilePermission> BITS = List.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    static TreeEntry of(String path, PosixFileAttributes attributes) {
        byte type = attributes.isDirectory() ? FileTree.FOLDER : FileTree.FILE;
        return new TreeEntry(
                type,
                path,
                mode(attributes.permissions()),
                attributes.lastModifiedTime().toInstant());
    }

    boolean isFolder() {
        return type == FileTree.FOLDER;
    }

    FileTime time() {
        return FileTime.from(modified);
    }

    /** Type, path, mode and time, as they stand in the archive. */
    byte[] header() {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + 17)
                .put(type)
                .putShort((short) name.length)
                .put(name)
                .putShort((short) mode)
                .putLong(modified.getEpochSecond())
                .putInt(modified.getNano())
                .array();
    }

    private static int mode(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (int bit = 0; bit < BITS.size(); bit++) {
            mode |= permissions.contains(BITS.get(bit)) ? 0400 >> bit : 0;
        }
        return mode;
    }

    Set<PosixFilePermission> permissions() {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < BITS.size(); bit++) {
            if ((mode & (0400 >> bit)) != 0) {
                permissions.add(BITS.get(bit));
            }
        }
        return permissions;
    }
}
