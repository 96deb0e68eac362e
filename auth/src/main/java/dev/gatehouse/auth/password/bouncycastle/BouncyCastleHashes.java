// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password.bouncycastle;

import dev.gatehouse.auth.password.Argon2;
import dev.gatehouse.auth.password.Argon2Parameters;
import dev.gatehouse.auth.password.LegacyHashes;
import dev.gatehouse.auth.password.PasswordHasher;
import java.security.SecureRandom;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;

/**
 * What BouncyCastle computes: needs {@code org.bouncycastle:bcprov-jdk18on}, an optional dependency. Every method throws
 * {@link IllegalStateException} when that is not there.
 */
public final class BouncyCastleHashes {

    private BouncyCastleHashes() {}

    /**
     * Argon2id without native code and without the LGPL: the same hashes as {@link PasswordHasher#argon2id}, at about 1.2
     * times the time, and with its memory on the heap: garbage after each hash.
     */
    public static PasswordHasher argon2id(Argon2Parameters parameters, SecureRandom random) {
        requireLibrary();
        return PasswordHasher.argon2id(BouncyCastleHashes::tag, parameters, random);
    }

    /**
     * Stored bcrypt hashes ({@code $2a$}, {@code $2b$}, {@code $2y$}) of a cost up to {@code dearest}, 4 to 16. bcrypt
     * ignores what follows the 72nd byte, and takes a zero byte for the end: such passwords never match, in the same
     * time; their owners reset them.
     */
    public static LegacyHashes bcrypt(int dearest) {
        requireLibrary();
        return new Bcrypt(dearest);
    }

    /**
     * Stored scrypt hashes (RFC 7914), as PHC strings ({@code $scrypt$ln=…}) and in Spring Security's form, of a memory
     * cost N up to 2<sup>{@code dearest}</sup>, 10 to 17, blocks of up to 8 and one lane.
     */
    public static LegacyHashes scrypt(int dearest) {
        requireLibrary();
        return new Scrypt(dearest);
    }

    private static byte[] tag(Argon2.Cost cost, byte[] password, byte[] salt, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new org.bouncycastle.crypto.params.Argon2Parameters.Builder(type(cost.variant()))
                .withVersion(org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.iterations())
                .withParallelism(cost.parallelism())
                .withSalt(salt)
                .build());
        byte[] tag = new byte[length];
        generator.generateBytes(password, tag);
        return tag;
    }

    private static int type(Argon2.Variant variant) {
        return switch (variant) {
            case D -> org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_d;
            case I -> org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_i;
            case ID -> org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_id;
        };
    }

    /** At wiring time, not at the first sign-in. */
    private static void requireLibrary() {
        try {
            Class.forName(
                    "org.bouncycastle.crypto.generators.Argon2BytesGenerator",
                    false,
                    BouncyCastleHashes.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "auth.password: BouncyCastle is not on the class path; add org.bouncycastle:bcprov-jdk18on", e);
        }
    }
}
