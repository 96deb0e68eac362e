// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import dev.gatehouse.config.Secret;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.util.List;

/**
 * Hashes passwords and checks them against stored hashes. Implementations are thread-safe and slow on purpose: let a
 * {@link HashGate} bound how many work at a time.
 */
public interface PasswordHasher {

    /** A salted hash of {@code password}, as it is stored: never empty, at most 255 characters. */
    String hash(Secret password);

    /**
     * Whether {@code stored} is the hash of {@code password}. False for anything malformed, empty or too costly, and then
     * it takes as long as a hash of today's parameters: that is how unknown accounts are answered.
     */
    boolean verify(Secret password, String stored);

    /** Whether {@code stored} should be replaced now that the password is known. */
    boolean isOutdated(String stored);

    /** Memory in KiB that verifying against {@code stored} takes at most; of a new hash when it is empty. */
    int memoryKib(String stored);

    /** What an up-to-date hash begins with. */
    String prefix();

    /**
     * This hasher, which also verifies what other systems stored: see {@link LegacyHashes}. Those hashes are outdated, so
     * that each is replaced at its owner's next sign-in.
     *
     * <p>Whether an account still has one must not show in the time of an answer. So every check does the work of a hash
     * of this hasher <em>and</em> of one of each format, with whatever is stored, or for nothing. That is dear; take a
     * format away as soon as the readiness report counts no more of it.
     */
    default PasswordHasher accepting(LegacyHashes... formats) {
        return new ImportingHasher(this, List.of(formats));
    }

    /**
     * This hasher over the HMAC of the password under a secret key, so that stolen hashes are worthless without the key.
     * Hashes under another key than the current one are outdated. Hashes under an unknown key match nothing, are logged
     * and counted as {@code gatehouse.auth.pepper.unknown}.
     */
    default PasswordHasher peppered(Peppers peppers, MeterRegistry meters) {
        return new PepperedHasher(this, peppers, meters);
    }

    /**
     * Argon2id (RFC 9106) by the reference implementation in C, through argon2-jvm and JNA. Argon2i and Argon2d are
     * verified too, and upgraded. JDK 24 and later print a warning about native access unless started with
     * {@code --enable-native-access=ALL-UNNAMED}.
     *
     * <p>All checks take the same time, save those against a stored hash that is dearer than {@code parameters}, or of
     * more lanes: set parameters that are at least as dear as what is stored.
     */
    static PasswordHasher argon2id(Argon2Parameters parameters, SecureRandom random) {
        return argon2id(new NativeArgon2(), parameters, random);
    }

    /** The same by another implementation of Argon2. */
    static PasswordHasher argon2id(Argon2 argon2, Argon2Parameters parameters, SecureRandom random) {
        return new Argon2idHasher(argon2, parameters, random);
    }
}
