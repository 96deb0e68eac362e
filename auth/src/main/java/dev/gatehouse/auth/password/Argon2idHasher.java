// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import de.mkammerer.argon2.Argon2Advanced;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import de.mkammerer.argon2.Argon2Version;
import dev.gatehouse.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.function.Function;

/** Argon2id by argon2-jvm. Passwords are brought to NFC first; the buffers of this class are wiped after use. */
final class Argon2idHasher implements PasswordHasher {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private final Argon2Parameters parameters;
    private final SecureRandom random;
    private final Argon2Advanced argon2;

    /** What is hashed against when there is nothing to hash against, so that it takes as long. */
    private final String unmatched;

    Argon2idHasher(Argon2Parameters parameters, SecureRandom random) {
        this.parameters = parameters;
        this.random = random;
        this.argon2 = Argon2Factory.createAdvanced(Argon2Types.ARGON2id, SALT_BYTES, HASH_BYTES);
        this.unmatched = hash(new byte[HASH_BYTES], new byte[SALT_BYTES]);
    }

    @Override
    public String hash(Secret password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return withBytes(password, bytes -> hash(bytes, salt));
    }

    private String hash(byte[] password, byte[] salt) {
        return argon2.hashAdvanced(
                        parameters.iterations(),
                        parameters.memoryKib(),
                        parameters.parallelism(),
                        password,
                        salt,
                        HASH_BYTES,
                        Argon2Version.DEFAULT_VERSION)
                .getEncoded();
    }

    @Override
    public boolean verify(Secret password, String stored) {
        boolean readable = PhcString.parse(stored).isPresent();
        String against = readable ? stored : unmatched;
        return withBytes(password, bytes -> argon2.verify(against, bytes)) && readable;
    }

    @Override
    public boolean isOutdated(String stored) {
        return PhcString.parse(stored).map(phc -> phc.isWeakerThan(parameters)).orElse(true);
    }

    @Override
    public String prefix() {
        return parameters.prefix();
    }

    private static <T> T withBytes(Secret password, Function<byte[], T> work) {
        byte[] bytes = normalised(password.revealBytes());
        try {
            return work.apply(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** In NFC. Plain ASCII is in it already, and so never becomes a string, which could not be wiped. */
    private static byte[] normalised(byte[] utf8) {
        for (byte b : utf8) {
            if (b < 0) {
                String text = new String(utf8, StandardCharsets.UTF_8);
                Arrays.fill(utf8, (byte) 0);
                return Normalizer.normalize(text, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
            }
        }
        return utf8;
    }
}
