// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.token;

import dev.gatehouse.config.Secret;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The SHA-256 of a random token: all that is ever stored of one. A plain hash is enough because a token holds 256
 * random bits. Immutable; equality takes the same time whatever differs.
 */
public final class TokenHash {

    /** Characters of a token: 256 bits in unpadded base64url. */
    static final int TOKEN_LENGTH = 43;

    private static final int BYTES = 32;
    private static final boolean[] BASE64_URL = base64Url();

    /** Every request hashes a token: a digest of its own for each thread, and room for what it makes. */
    private static final ThreadLocal<Hasher> HASHER = ThreadLocal.withInitial(Hasher::new);

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    private TokenHash(ByteBuffer bytes) {
        this.first = bytes.getLong(0);
        this.second = bytes.getLong(8);
        this.third = bytes.getLong(16);
        this.fourth = bytes.getLong(24);
    }

    /** The hash of a token as it came from outside; empty for anything that is not shaped like one of ours. */
    public static Optional<TokenHash> of(Secret token) {
        if (token.length() != TOKEN_LENGTH) {
            return Optional.empty();
        }
        byte[] text = token.revealBytes();
        for (byte c : text) {
            if (c < 0 || !BASE64_URL[c]) {
                return Optional.empty();
            }
        }
        return Optional.of(HASHER.get().hash(text));
    }

    /** The hash that a store gives back; 32 bytes. */
    public static TokenHash stored(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("auth.token: hash had " + bytes.length + " bytes but must have 32");
        }
        return new TokenHash(ByteBuffer.wrap(bytes));
    }

    private static boolean[] base64Url() {
        boolean[] allowed = new boolean[128];
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
                .chars()
                .forEach(c -> allowed[c] = true);
        return allowed;
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenHash that
                && ((first ^ that.first) | (second ^ that.second) | (third ^ that.third) | (fourth ^ that.fourth)) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    /** The first eight hexadecimal digits: enough to tell hashes apart in a log. */
    @Override
    public String toString() {
        return "TokenHash[" + HexFormat.of().toHexDigits((int) (first >>> 32)) + "]";
    }

    private static final class Hasher {

        private final MessageDigest digest;
        private final byte[] made = new byte[BYTES];
        private final ByteBuffer view = ByteBuffer.wrap(made);

        Hasher() {
            try {
                this.digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        TokenHash hash(byte[] text) {
            try {
                digest.update(text);
                digest.digest(made, 0, BYTES);
                return new TokenHash(view);
            } catch (DigestException e) {
                throw new IllegalStateException("SHA-256 has 32 bytes", e);
            }
        }
    }
}
