// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.crypto;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.streamingaead.AesGcmHkdfStreamingKey;
import com.google.crypto.tink.streamingaead.AesGcmHkdfStreamingParameters;
import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import com.google.crypto.tink.subtle.Hkdf;
import com.google.crypto.tink.util.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one backup: 256 bits from which every object of the backup gets a key of its own, so that no two objects
 * share one. Streams are AES-256-GCM-HKDF in segments (Tink's streaming AEAD): a segment is given out only after it is
 * authenticated, and a stream cut short, reordered or read under another name is refused. Immutable and thread-safe.
 */
public final class DataKey {

    /** Bytes of one sealed segment. Small ones, because the JVM compiles its fast AES-GCM only after many calls. */
    static final int SEGMENT_BYTES = 1 << 14;

    private static final int BYTES = 32;

    private final byte[] material;
    private final StreamingAead stream;

    private DataKey(byte[] material) {
        this.material = material;
        this.stream = streaming(material);
    }

    /** A new key. */
    public static DataKey generate(SecureRandom random) {
        byte[] material = new byte[BYTES];
        random.nextBytes(material);
        return new DataKey(material);
    }

    /** The key wrapped by {@code keys} and bound to {@code associatedData}, as the store keeps it. */
    public byte[] wrap(KeyProvider keys, byte[] associatedData) throws IOException {
        try {
            return KeyEnvelope.seal(keys.wrap(material, associatedData));
        } catch (GeneralSecurityException e) {
            throw new IOException("backup.keys: the data key could not be wrapped", e);
        }
    }

    /** The key back from {@link #wrap}. */
    public static DataKey unwrap(byte[] envelope, KeyProvider keys, byte[] associatedData)
            throws WrongKeyException, DamagedKeyException, IOException {
        byte[] material = keys.unwrap(KeyEnvelope.open(envelope), associatedData);
        if (material.length != BYTES) {
            throw new DamagedKeyException("the wrapped key has " + material.length + " bytes instead of " + BYTES);
        }
        return new DataKey(material);
    }

    /** Whether an envelope was wrapped with the present key of {@code keys}. */
    public static boolean isCurrent(byte[] envelope, KeyProvider keys) throws DamagedKeyException {
        return keys.isCurrent(KeyEnvelope.open(envelope));
    }

    /** Whether both are the same key. */
    public boolean isSame(DataKey other) {
        return MessageDigest.isEqual(material, other.material);
    }

    /** A stream that seals what is written to it into {@code out}; closing it ends the seal and closes {@code out}. */
    public OutputStream seal(OutputStream out, byte[] associatedData) throws IOException {
        try {
            return stream.newEncryptingStream(out, associatedData);
        } catch (GeneralSecurityException e) {
            throw new IOException("backup.crypto: sealing could not begin", e);
        }
    }

    /** A stream of what was sealed; reading throws {@link IOException} as soon as something is not authentic. */
    public InputStream open(InputStream in, byte[] associatedData) throws IOException {
        try {
            return stream.newDecryptingStream(in, associatedData);
        } catch (GeneralSecurityException e) {
            throw new IOException("backup.crypto: opening could not begin", e);
        }
    }

    /** HMAC-SHA256 of {@code message} under a key that is derived for {@code purpose}, an object's full binding. */
    public byte[] mac(byte[] purpose, byte[] message) {
        try {
            byte[] salt = "gatehouse-backup/1 mac".getBytes(StandardCharsets.US_ASCII);
            byte[] key = Hkdf.computeHkdf("HmacSha256", material, salt, purpose, BYTES);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }

    // The stored format is made of this key's parts, so its parts may be handled here.
    @AccessesPartialKey
    private static StreamingAead streaming(byte[] material) {
        try {
            AesGcmHkdfStreamingParameters parameters = AesGcmHkdfStreamingParameters.builder()
                    .setKeySizeBytes(BYTES)
                    .setDerivedAesGcmKeySizeBytes(BYTES)
                    .setHkdfHashType(AesGcmHkdfStreamingParameters.HashType.SHA256)
                    .setCiphertextSegmentSizeBytes(SEGMENT_BYTES)
                    .build();
            SecretBytes secret = SecretBytes.copyFrom(material, InsecureSecretKeyAccess.get());
            return AesGcmHkdfStreaming.create(AesGcmHkdfStreamingKey.create(parameters, secret));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has AES-256-GCM and HmacSHA256", e);
        }
    }
}
