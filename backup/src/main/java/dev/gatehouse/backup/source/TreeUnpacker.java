// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

/** Unpacks an archive that may come from anybody. Nothing is ever written through a link: every folder is made here. */
final class TreeUnpacker {

    private static final FileAttribute<?> PRIVATE_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final DataInputStream in;
    private final TreePlace place;
    private final byte[] block = new byte[FileTree.BLOCK];

    private TreeUnpacker(DataInputStream in, TreePlace place) {
        this.in = in;
        this.place = place;
    }

    static void unpack(Path archive, Path folder) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(archive), FileTree.BLOCK))) {
            new TreeUnpacker(in, new TreePlace(folder)).unpack();
        } catch (EOFException e) {
            throw new FileTree.Malformed("is cut", e);
        }
    }

    private void unpack() throws IOException {
        require(Arrays.equals(in.readNBytes(FileTree.MAGIC.length), FileTree.MAGIC), "is not one of version 1");
        long entries = 0;
        for (byte type = in.readByte(); type != FileTree.END; type = in.readByte()) {
            require(type == FileTree.FOLDER || type == FileTree.FILE, "has an entry of an unknown type");
            require(++entries <= FileTree.MOST_ENTRIES, "has more than " + FileTree.MOST_ENTRIES + " entries");
            entry(header(type));
        }
        require(in.readLong() == entries, "does not have as many entries as it says");
        require(in.read() < 0, "goes on after its end");
        place.end();
    }

    private TreeEntry header(byte type) throws IOException {
        byte[] path = new byte[in.readUnsignedShort()];
        in.readFully(path);
        int mode = in.readUnsignedShort();
        require(mode <= 0777, "has a mode of more than nine bits");
        return new TreeEntry(type, text(path), mode, time(in.readLong(), in.readInt()));
    }

    private static String text(byte[] path) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(path))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FileTree.Malformed("has a name that is not UTF-8", e);
        }
    }

    private static Instant time(long seconds, int nanos) throws IOException {
        try {
            require(nanos >= 0 && nanos < 1_000_000_000, "has a time that there is not");
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException e) {
            throw new FileTree.Malformed("has a time that there is not", e);
        }
    }

    private void entry(TreeEntry entry) throws IOException {
        Path path = place.next(entry);
        if (entry.isFolder()) {
            Files.createDirectory(path, PRIVATE_FOLDER);
            return;
        }
        try (FileChannel channel =
                FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PRIVATE_FILE)) {
            copy(Channels.newOutputStream(channel));
            channel.force(true);
        }
        TreePlace.finish(path, entry);
    }

    private void copy(OutputStream out) throws IOException {
        for (int length = in.readInt(); length != 0; length = in.readInt()) {
            require(length > 0 && length <= FileTree.BLOCK, "has a block of " + length + " bytes");
            in.readFully(block, 0, length);
            out.write(block, 0, length);
        }
        byte flag = in.readByte();
        require(flag == FileTree.SAME || flag == FileTree.CHANGED, "has an unknown flag");
    }

    static void require(boolean condition, String otherwise) throws FileTree.Malformed {
        if (!condition) {
            throw new FileTree.Malformed(otherwise, null);
        }
    }
}
