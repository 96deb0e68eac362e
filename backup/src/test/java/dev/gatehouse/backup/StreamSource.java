// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.source.BackupSource;
import dev.gatehouse.backup.source.Facts;
import dev.gatehouse.backup.source.Invariant;
import dev.gatehouse.backup.source.Part;
import dev.gatehouse.backup.source.RestoredDatabase;
import dev.gatehouse.backup.source.Snapshot;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Streams as a source, for tests of what happens between source and store. */
record StreamSource(List<Part> parts, AtomicBoolean closed) implements BackupSource {

    StreamSource(Part... parts) {
        this(List.of(parts), new AtomicBoolean());
    }

    @Override
    public String name() {
        return "shop";
    }

    @Override
    public Snapshot snapshot(Path work) {
        return new Open(parts, closed);
    }

    @Override
    public RestoredDatabase open(Path folder, Facts recorded) throws SQLException {
        throw new SQLException("not a database");
    }

    @Override
    public RestoredDatabase openEmpty(Path folder, Facts recorded) throws SQLException {
        throw new SQLException("not a database");
    }

    private record Open(List<Part> parts, AtomicBoolean closed) implements Snapshot {
        @Override
        public String engine() {
            return "stream 1";
        }

        @Override
        public Facts facts() {
            return Facts.of(Map.of());
        }

        @Override
        public List<Invariant> invariants() {
            return List.of();
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    /** So many bytes, half of them noise, the same for the same seed; counts what was read, and notes its closing. */
    static final class Bytes extends InputStream {

        final AtomicLong read = new AtomicLong();
        final AtomicBoolean closed = new AtomicBoolean();
        volatile @Nullable Thread reader;
        private final long seed;
        private final long length;

        Bytes(long seed, long length) {
            this.seed = seed;
            this.length = length;
        }

        private byte at(long position) {
            if (((position >> 12) & 1) == 0) {
                return (byte) (position >> 16);
            }
            long mixed = (position + seed) * 0x9E3779B97F4A7C15L;
            mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
            return (byte) (mixed >>> 40);
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("reads are of many bytes");
        }

        @Override
        public int read(byte[] buffer, int offset, int count) {
            reader = Thread.currentThread();
            long start = read.get();
            int most = (int) Math.min(Math.min(count, 8_192), length - start);
            if (start == length) {
                return -1;
            }
            for (int i = 0; i < most; i++) {
                buffer[offset + i] = at(start + i);
            }
            read.addAndGet(most);
            return most;
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }
}
