// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.factor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords (RFC 6238) on the counter-based ones of RFC 4226. A pure function of secret and time.
 *
 * @param algorithm the JCA name of the MAC
 * @param digits 6 to 8
 * @param period length of one step
 */
record Totp(String algorithm, int digits, Duration period) {

    /** What every generator app understands: SHA-1, six digits, thirty seconds. */
    static final Totp STANDARD = new Totp("HmacSHA1", 6, Duration.ofSeconds(30));

    /** Steps by which the generator's clock may be ahead or behind. */
    static final int DRIFT = 1;

    /** The step that {@code at} lies in. */
    long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), period.toSeconds());
    }

    /** The code of one step (RFC 4226, section 5.3). */
    String code(byte[] secret, long step) {
        byte[] mac = mac(secret, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        int offset = mac[mac.length - 1] & 15;
        int number = ByteBuffer.wrap(mac, offset, Integer.BYTES).getInt() & Integer.MAX_VALUE;
        int modulus = (int) Math.pow(10, digits);
        return String.format("%0" + digits + "d", number % modulus);
    }

    /** The step within the drift whose code this is; every step is compared, in constant time. */
    OptionalLong match(byte[] secret, String code, Instant now) {
        byte[] given = code.getBytes(StandardCharsets.UTF_8);
        OptionalLong found = OptionalLong.empty();
        for (long step = step(now) - DRIFT; step <= step(now) + DRIFT; step++) {
            if (MessageDigest.isEqual(given, code(secret, step).getBytes(StandardCharsets.UTF_8))) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    private byte[] mac(byte[] secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
