// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A file of a length that must not change any more. */
record FilePart(String name, Path file, long bytes) implements Part {

    static FilePart of(String name, Path file) throws IOException {
        return new FilePart(name, file, Files.size(file));
    }

    @Override
    public OptionalLong expectedBytes() {
        return OptionalLong.of(bytes);
    }

    @Override
    public InputStream open() throws IOException {
        return new Exact(Files.newInputStream(file), bytes);
    }

    /** A stream that ends after so many bytes, or fails. */
    private static final class Exact extends FilterInputStream {

        private long left;

        Exact(InputStream in, long bytes) {
            super(in);
            this.left = bytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            left -= Math.max(0, read);
            if (left < 0 || (read < 0 && left > 0)) {
                throw new IOException("backup.source: the file changed its length while it was read");
            }
            return read;
        }
    }
}
