// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A wrapped data key as the store keeps it: a magic word, the wrapped key, and the SHA-256 of both. The sum protects
 * nothing against an attacker; it tells a damaged file from a wrong key, for which the next step differs.
 */
final class KeyEnvelope {

    private static final byte[] MAGIC = "GHKEY1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int SUM = 32;

    private KeyEnvelope() {}

    static byte[] seal(byte[] wrapped) {
        byte[] envelope = Arrays.copyOf(MAGIC, MAGIC.length + wrapped.length + SUM);
        System.arraycopy(wrapped, 0, envelope, MAGIC.length, wrapped.length);
        byte[] sum = sum(envelope);
        System.arraycopy(sum, 0, envelope, envelope.length - SUM, SUM);
        return envelope;
    }

    static byte[] open(byte[] envelope) throws DamagedKeyException {
        int end = envelope.length - SUM;
        boolean whole = end > MAGIC.length
                && Arrays.equals(MAGIC, 0, MAGIC.length, envelope, 0, MAGIC.length)
                && MessageDigest.isEqual(sum(envelope), Arrays.copyOfRange(envelope, end, envelope.length));
        if (!whole) {
            throw new DamagedKeyException("the wrapped key is damaged");
        }
        return Arrays.copyOfRange(envelope, MAGIC.length, end);
    }

    private static byte[] sum(byte[] envelope) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(envelope, 0, envelope.length - SUM);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
