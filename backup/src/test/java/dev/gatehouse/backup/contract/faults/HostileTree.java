// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** Writes an archive of a tree by the letter of docs/backup-format.md, whatever is asked of it. */
final class HostileTree {

    /** The order in which names must stand in one folder. */
    static final Comparator<String> ORDER = (one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();
    private long entries;

    private HostileTree() {
        archive.writeBytes("GHTREE1\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** One that has its root. */
    static HostileTree begin() {
        return new HostileTree().folder("");
    }

    HostileTree folder(String path) {
        header('D', path, 0700);
        return this;
    }

    /** A file that holds its own path. */
    HostileTree file(String path) {
        return entry('F', path, 0600);
    }

    HostileTree entry(char type, String path, int mode) {
        header(type, path, mode);
        byte[] content = path.getBytes(StandardCharsets.UTF_8);
        archive.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        archive.writeBytes(content);
        archive.writeBytes(new byte[5]);
        return this;
    }

    /** A file whose block says that it has so many bytes. */
    HostileTree block(String path, int length) {
        header('F', path, 0600);
        archive.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        return this;
    }

    private void header(char type, String path, int mode) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        archive.writeBytes(ByteBuffer.allocate(name.length + 17)
                .put((byte) type)
                .putShort((short) name.length)
                .put(name)
                .putShort((short) mode)
                .putLong(1_700_000_000)
                .putInt(0)
                .array());
        entries++;
    }

    /** Ends it, and goes on. */
    HostileTree more() {
        end();
        return this;
    }

    byte[] end() {
        return end(entries);
    }

    byte[] end(long count) {
        archive.write('E');
        archive.writeBytes(ByteBuffer.allocate(8).putLong(count).array());
        return bytes();
    }

    byte[] bytes() {
        return archive.toByteArray();
    }
}
