// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.factor;

import dev.gatehouse.auth.token.KeyedHash;
import dev.gatehouse.config.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals generator secrets for the database (AES-256-GCM, a fresh nonce each, bound to their account), so that a stolen
 * table makes no codes. The form is {@code 1.} and the base64 of nonce and ciphertext.
 */
final class SecretBox {

    private static final String VERSION = "1.";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random;

    SecretBox(Secret root, SecureRandom random) {
        this.key = new SecretKeySpec(KeyedHash.derive(root, "totp"), "AES");
        this.random = random;
    }

    String seal(byte[] secret, String account) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, secret, account);
        byte[] both = ByteBuffer.allocate(nonce.length + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return VERSION + Base64.getEncoder().withoutPadding().encodeToString(both);
    }

    /** The secret; throws when it was tampered with, moved to another account, or sealed under another root secret. */
    byte[] open(String sealed, String account) {
        if (!sealed.startsWith(VERSION)) {
            throw new IllegalStateException("auth.factor: the secret of account " + account + " has an unknown form");
        }
        byte[] both = Base64.getDecoder().decode(sealed.substring(VERSION.length()));
        byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
        return crypt(Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(both, NONCE_BYTES, both.length), account);
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] input, String account) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(account.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "auth.factor: the secret of account " + account + " does not open; was the root secret replaced?",
                    e);
        }
    }
}
