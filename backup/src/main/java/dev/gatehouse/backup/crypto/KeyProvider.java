// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.crypto;

import dev.gatehouse.config.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Wraps and unwraps the data keys of backups with a key that never lies beside them. Thread-safe. An implementation on
 * a key service throws {@link IOException} when the service does not answer.
 */
public interface KeyProvider {

    /** Wraps a data key, bound to {@code associatedData}, with the present key. */
    byte[] wrap(byte[] dataKey, byte[] associatedData) throws GeneralSecurityException, IOException;

    /**
     * Unwraps what {@link #wrap} gave for the same {@code associatedData}, with whichever key wrapped it, old ones
     * included.
     */
    byte[] unwrap(byte[] wrapped, byte[] associatedData) throws WrongKeyException, IOException;

    /**
     * Whether {@code wrapped}, which {@link #wrap} gave once, was wrapped with the present key. Who cannot tell says no:
     * rotation then wraps every key anew each time.
     */
    default boolean isCurrent(byte[] wrapped) {
        return false;
    }

    /** When the present key was made; empty when that is not known. */
    default Optional<Instant> since() {
        return Optional.empty();
    }

    /** Which key wraps at present: an ID for people, never the key. */
    String describe();

    /**
     * Keys in a local file: a Tink keyset in JSON, whose primary key wraps and whose other keys still unwrap. It is made
     * with one new AES-256-GCM key, and with access for its owner only, when it is missing. A file that its group or
     * others may read or write is refused. Keep a copy where the backups are not: without it they cannot be read.
     */
    static KeyProvider file(Path file) throws IOException {
        return FileKeys.open(file);
    }

    /**
     * Adds a new key to a key file and lets it wrap from now on; the older ones still unwrap. Restart or reopen whoever
     * uses the file, on every machine, before {@code Backups.rewrapKeys}.
     */
    static void addKey(Path file) throws IOException {
        KeyFile.addKey(file);
    }

    /** Removes all keys from a key file but the one that wraps: only after {@code Backups.rewrapKeys} was complete. */
    static void removeOlderKeys(Path file) throws IOException {
        KeyFile.removeOlderKeys(file);
    }

    /**
     * A key made of a passphrase of at least 20 characters by Argon2id (64 MiB, three passes; RFC 9106, section 4); takes
     * half a second when first used. It needs BouncyCastle on the class path. A passphrase that was used {@code before}
     * still unwraps.
     */
    static KeyProvider passphrase(Secret passphrase, SecureRandom random, Secret... before) {
        return new PassphraseKeys(passphrase, random, List.of(before));
    }
}
