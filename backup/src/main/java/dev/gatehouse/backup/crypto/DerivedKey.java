// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** An AES-256-GCM key, and an ID that tells what it sealed. Few keys are wrapped with it, so random nonces are safe. */
final class DerivedKey {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final byte[] key;
    private final byte[] id;

    /** {@code key} has 32 bytes; {@code id} tells nothing of it. */
    DerivedKey(byte[] key, byte[] id) {
        this.key = key;
        this.id = id;
    }

    byte[] seal(byte[] plain, byte[] associatedData, SecureRandom random) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, associatedData).doFinal(plain);
            return ByteBuffer.allocate(id.length + NONCE + sealed.length)
                    .put(id)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has AES-256-GCM", e);
        }
    }

    boolean isOf(byte[] sealed) {
        return sealed.length > id.length + NONCE && Arrays.equals(sealed, 0, id.length, id, 0, id.length);
    }

    /** What was sealed; nothing when it was not by this key, or for something else. */
    byte[] open(byte[] sealed, byte[] associatedData) {
        if (!isOf(sealed) || sealed.length < id.length + NONCE + TAG_BITS / 8) {
            return new byte[0];
        }
        byte[] nonce = Arrays.copyOfRange(sealed, id.length, id.length + NONCE);
        int start = id.length + NONCE;
        try {
            return cipher(Cipher.DECRYPT_MODE, nonce, associatedData).doFinal(sealed, start, sealed.length - start);
        } catch (GeneralSecurityException e) {
            return new byte[0];
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] associatedData) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(associatedData);
        return cipher;
    }
}
