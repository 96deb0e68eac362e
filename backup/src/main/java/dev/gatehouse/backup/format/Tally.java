// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and hashes the bytes that pass through a stream. Not thread-safe. */
public final class Tally {

    private final MessageDigest digest = sha256();
    private final boolean hashes;
    private long bytes;

    /** Counts and hashes. */
    public Tally() {
        this(true);
    }

    private Tally(boolean hashes) {
        this.hashes = hashes;
    }

    /** Counts only, where the bytes are authenticated otherwise. */
    public static Tally ofLength() {
        return new Tally(false);
    }

    /** Whether so many bytes passed and, if they were hashed, those of this SHA-256; asked once, at the end. */
    public boolean agrees(long length, String sha256Hex) {
        return bytes == length && (!hashes || sha256Hex().equals(sha256Hex));
    }

    public long bytes() {
        return bytes;
    }

    /** The SHA-256 of what passed, in hexadecimal; asked once, at the end. */
    public String sha256Hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    public static String sha256Hex(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    public void add(byte[] buffer, int offset, int length) {
        if (hashes) {
            digest.update(buffer, offset, length);
        }
        bytes += length;
    }

    /** A stream to {@code out} that is tallied and, when closed, leaves {@code out} open. */
    public OutputStream over(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                out.write(buffer, offset, length);
                add(buffer, offset, length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    /** A stream from {@code in} that is tallied and ends after {@code most} bytes. */
    public InputStream over(InputStream in, long most) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int room = (int) Math.min(length, most - bytes);
                int read = room == 0 && length > 0 ? -1 : in.read(buffer, offset, room);
                add(buffer, offset, Math.max(0, read));
                return read;
            }
        };
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
