// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.token;

import dev.gatehouse.config.Secret;
import java.nio.ByteBuffer;
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

    private final byte[] value;

    private TokenHash(byte[] value) {
        this.value = value;
    }

    /** The hash of a token as it came from outside; empty for anything that is not shaped like one of ours. */
    public static Optional<TokenHash> of(Secret token) {
        if (token.length() != TOKEN_LENGTH) {
            return Optional.empty();
        }
        byte[] text = token.revealBytes();
        for (byte c : text) {
            if (!isBase64Url(c)) {
                return Optional.empty();
            }
        }
        return Optional.of(new TokenHash(sha256(text)));
    }

    /** The hash that a store gives back; 32 bytes. */
    public static TokenHash stored(byte[] bytes) {
        if (bytes.length != 32) {
            throw new IllegalArgumentException("auth.token: hash had " + bytes.length + " bytes but must have 32");
        }
        return new TokenHash(bytes.clone());
    }

    private static boolean isBase64Url(byte c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenHash that && MessageDigest.isEqual(value, that.value);
    }

    @Override
    public int hashCode() {
        return ByteBuffer.wrap(value).getInt();
    }

    /** The first eight hexadecimal digits: enough to tell hashes apart in a log. */
    @Override
    public String toString() {
        return "TokenHash[" + HexFormat.of().formatHex(value, 0, 4) + "]";
    }
}
