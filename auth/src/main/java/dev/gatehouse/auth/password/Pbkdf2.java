// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** PBKDF2 of one pseudo-random function; what a cheaper hash leaves over of the dearest one's iterations is run too. */
final class Pbkdf2 implements LegacyHashes {

    private static final int LEAST = 1_000;
    private static final int MOST = 10_000_000;
    private static final byte[] NO_SALT = new byte[16];

    private final Prf prf;
    private final int dearest;

    Pbkdf2(Prf prf, int dearest) {
        if (dearest < LEAST || dearest > MOST) {
            throw new IllegalArgumentException(
                    "auth.pbkdf2: iterations was " + dearest + " but must be " + LEAST + " to " + MOST);
        }
        this.prf = prf;
        this.dearest = dearest;
    }

    @Override
    public boolean verify(byte[] password, String stored) {
        Optional<Pbkdf2Hash> read = Pbkdf2Hash.parse(stored)
                .filter(hash -> hash.prf() == prf && hash.iterations() <= dearest && hash.tag().length <= width(prf));
        boolean matches = read.isPresent() && matches(password, read.get());
        int rest = dearest - read.map(Pbkdf2Hash::iterations).orElse(0);
        if (rest > 0) {
            derive(password, NO_SALT, rest);
        }
        return matches;
    }

    private boolean matches(byte[] password, Pbkdf2Hash stored) {
        byte[] derived = derive(password, stored.salt(), stored.iterations());
        return MessageDigest.isEqual(Arrays.copyOf(derived, stored.tag().length), stored.tag());
    }

    /** As many bytes as the longest hash has, of which a shorter one is the beginning: the work is always the same. */
    private byte[] derive(byte[] password, byte[] salt, int iterations) {
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(password));
        char[] chars = new char[text.remaining()];
        text.get(chars);
        PBEKeySpec spec = new PBEKeySpec(chars, salt, iterations, 8 * width(prf));
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmac" + prf)
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2WithHmac" + prf, e);
        } finally {
            spec.clearPassword();
            Arrays.fill(chars, '\0');
            Arrays.fill(text.array(), '\0');
        }
    }

    /** Bytes of the longest hash that is read. With SHA-1 Spring asks for 32, which takes two blocks of 20. */
    private static int width(Prf prf) {
        return switch (prf) {
            case SHA1 -> 40;
            case SHA256 -> 32;
            case SHA512 -> 64;
        };
    }

    @Override
    public int memoryKib() {
        return 1;
    }
}
