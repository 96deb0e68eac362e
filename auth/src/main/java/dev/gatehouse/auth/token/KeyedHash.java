// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.token;

import dev.gatehouse.config.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 under a key of its own for each purpose, derived from the application's root secret. What is stored this
 * way tells a thief of the database nothing. Thread-safe.
 */
public final class KeyedHash {

    /** Bytes that a root secret must have at least. */
    public static final int ROOT_BYTES = 32;

    private final byte[] key;

    /** The hash for {@code purpose}, a word that no other use shares. */
    public KeyedHash(Secret root, String purpose) {
        this.key = derive(root, purpose);
    }

    /** The 32-byte key that belongs to {@code purpose}, for other uses than hashing. */
    public static byte[] derive(Secret root, String purpose) {
        return hmac(root.revealBytes(), utf8("gatehouse/auth/" + purpose + "/v1"));
    }

    /** The hash of these parts; each is preceded by its length, so that none runs into the next. */
    public byte[] of(String... parts) {
        ByteBuffer joined = ByteBuffer.allocate(length(parts));
        for (String part : parts) {
            byte[] bytes = utf8(part);
            joined.putInt(bytes.length).put(bytes);
        }
        return hmac(key, joined.array());
    }

    /** The same as 64 hexadecimal digits. */
    public String hex(String... parts) {
        return HexFormat.of().formatHex(of(parts));
    }

    private static int length(String... parts) {
        int length = 0;
        for (String part : parts) {
            length += Integer.BYTES + utf8(part).length;
        }
        return length;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
