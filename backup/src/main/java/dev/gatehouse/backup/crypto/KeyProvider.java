// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.crypto;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

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
}
