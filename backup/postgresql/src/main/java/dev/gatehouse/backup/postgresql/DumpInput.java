// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Reads the pieces that pg_dump's custom format is made of, and copies what it consumes where that is asked for. */
final class DumpInput {

    private static final int BUFFER = 1 << 17;
    private static final int LONGEST_TEXT = 64 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private int integerBytes = 4;
    private OutputStream copy = OutputStream.nullOutputStream();
    private int copied;

    DumpInput(InputStream in) {
        this.in = in;
    }

    /** From now on, what is consumed is also written there. */
    void copyTo(OutputStream out) throws IOException {
        flush();
        copy = out;
    }

    /** From now on, it is not. */
    void copyNowhere() throws IOException {
        copyTo(OutputStream.nullOutputStream());
    }

    /** How many bytes a number has, as the dump says. */
    void integerBytes(int bytes) {
        integerBytes = bytes;
    }

    /** The next byte, or -1 at the end. */
    int read() throws IOException {
        return position < limit || fill() ? buffer[position++] & 0xff : -1;
    }

    int next() throws IOException {
        int value = read();
        if (value < 0) {
            throw broken();
        }
        return value;
    }

    void skip(int bytes) throws IOException {
        for (int left = bytes; left > 0; ) {
            if (position == limit && !fill()) {
                throw broken();
            }
            int step = Math.min(left, limit - position);
            position += step;
            left -= step;
        }
    }

    /** A number as it is written in this dump. */
    byte[] integer(int value) {
        byte[] bytes = new byte[1 + integerBytes];
        for (int i = 0; i < integerBytes; i++) {
            bytes[1 + i] = i < Integer.BYTES ? (byte) (value >>> (8 * i)) : 0;
        }
        return bytes;
    }

    /** A number: its sign, and its bytes from the lowest. */
    int integer() throws IOException {
        boolean negative = next() != 0;
        long value = 0;
        for (int i = 0; i < integerBytes; i++) {
            value |= (long) next() << (8 * i);
        }
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IOException("the dump has a number that is too large");
        }
        return negative ? (int) -value : (int) value;
    }

    /** A text, or none. */
    Optional<String> text() throws IOException {
        int length = integer();
        if (length < 0) {
            return Optional.empty();
        }
        if (length > LONGEST_TEXT) {
            throw new IOException("the dump has a text of " + length + " bytes");
        }
        // A length is believed as far as there are bytes.
        byte[] bytes = new byte[Math.min(length, BUFFER)];
        for (int done = 0; done < length; ) {
            if (done == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * done));
            }
            done += some(bytes, done, bytes.length - done);
        }
        return Optional.of(new String(bytes, 0, length, StandardCharsets.UTF_8));
    }

    /** At least one byte and at most {@code length}. */
    int some(byte[] target, int offset, int length) throws IOException {
        if (position == limit && !fill()) {
            throw broken();
        }
        int bytes = Math.min(length, limit - position);
        System.arraycopy(buffer, position, target, offset, bytes);
        position += bytes;
        return bytes;
    }

    /** Consumes all that is left. */
    void drain() throws IOException {
        do {
            position = limit;
        } while (fill());
    }

    private static EOFException broken() {
        return new EOFException("backup.postgresql: the dump breaks off");
    }

    private boolean fill() throws IOException {
        flush();
        position = 0;
        copied = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }

    private void flush() throws IOException {
        copy.write(buffer, copied, position - copied);
        copied = position;
    }
}
