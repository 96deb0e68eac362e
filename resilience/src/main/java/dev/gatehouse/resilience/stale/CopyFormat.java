// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A copy as bytes: eight that name the format and its version, the application's own version, the cache's name, the
 * number of entries; for each entry the time of its answer in milliseconds, key and answer with their lengths; and last
 * the CRC-32C of all before. Numbers are big-endian.
 */
record CopyFormat(String cache, int version) {

    private static final long MAGIC =
            ByteBuffer.wrap("GHSTALE\1".getBytes(StandardCharsets.ISO_8859_1)).getLong();
    private static final int CHECKSUM = Integer.BYTES;
    private static final int ENTRY = Long.BYTES + 2 * Integer.BYTES;

    /** One answer, written down. No record, for its parts are arrays. */
    static final class Entry {

        final Instant at;
        final byte[] key;
        final byte[] value;

        Entry(Instant at, byte[] key, byte[] value) {
            this.at = at;
            this.key = key;
            this.value = value;
        }

        private int length() {
            return ENTRY + key.length + value.length;
        }

        private void writeTo(ByteBuffer out) {
            out.putLong(at.toEpochMilli());
            out.putInt(key.length).put(key);
            out.putInt(value.length).put(value);
        }
    }

    /** A copy, and how many entries found no room in it. */
    static final class Written {

        final byte[] bytes;
        final int leftOut;

        private Written(byte[] bytes, int leftOut) {
            this.bytes = bytes;
            this.leftOut = leftOut;
        }
    }

    /** As many entries, from the first on, as {@code maxBytes} hold. */
    Written write(List<Entry> entries, int maxBytes) {
        byte[] name = cache.getBytes(StandardCharsets.UTF_8);
        int length = Long.BYTES + 3 * Integer.BYTES + name.length + CHECKSUM;
        int count = 0;
        while (count < entries.size() && (long) length + entries.get(count).length() <= maxBytes) {
            length += entries.get(count++).length();
        }
        ByteBuffer out = ByteBuffer.allocate(length).putLong(MAGIC).putInt(version);
        out.putInt(name.length).put(name).putInt(count);
        entries.subList(0, count).forEach(entry -> entry.writeTo(out));
        out.putInt(checksum(out.array(), out.position()));
        return new Written(out.array(), entries.size() - count);
    }

    /** The entries of a copy; throws when it is damaged, of another format, of another version or of another cache. */
    List<Entry> read(byte[] copy) throws IOException {
        if (copy.length < Long.BYTES + CHECKSUM || ByteBuffer.wrap(copy).getLong() != MAGIC) {
            throw new IOException("it is not a copy in the format of this library");
        }
        int end = copy.length - CHECKSUM;
        if (ByteBuffer.wrap(copy, end, CHECKSUM).getInt() != checksum(copy, end)) {
            throw new IOException("its checksum does not fit");
        }
        try {
            return entries(ByteBuffer.wrap(copy, Long.BYTES, end - Long.BYTES));
        } catch (BufferUnderflowException e) {
            throw new IOException("it ends too early", e);
        }
    }

    private List<Entry> entries(ByteBuffer in) throws IOException {
        int written = in.getInt();
        if (written != version) {
            throw new IOException("it was written by version " + written + " of the application, not " + version);
        }
        if (!new String(bytes(in), StandardCharsets.UTF_8).equals(cache)) {
            throw new IOException("it is another cache's");
        }
        int count = in.getInt();
        if (count < 0 || count > in.remaining() / ENTRY) {
            throw new IOException("it says that it has " + count + " entries");
        }
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(new Entry(Instant.ofEpochMilli(in.getLong()), bytes(in), bytes(in)));
        }
        return entries;
    }

    private static byte[] bytes(ByteBuffer in) throws IOException {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IOException("it says that a part has " + length + " bytes");
        }
        byte[] part = new byte[length];
        in.get(part);
        return part;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }
}
