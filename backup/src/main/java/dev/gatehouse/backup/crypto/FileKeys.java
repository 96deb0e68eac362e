// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig2026;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;

/** Keys in a local Tink keyset. */
final class FileKeys implements KeyProvider {

    private final Aead aead;
    private final int primaryId;
    private final Instant since;

    private FileKeys(KeysetHandle keyset, Instant since) throws GeneralSecurityException {
        this.aead = keyset.getPrimitive(AeadConfig2026.get(), Aead.class);
        this.primaryId = keyset.getPrimary().getId();
        this.since = since;
    }

    static FileKeys open(Path file) throws IOException {
        try {
            if (!Files.exists(file)) {
                KeyFile.create(file);
            }
            return new FileKeys(KeyFile.read(file), KeyFile.since(file));
        } catch (GeneralSecurityException e) {
            throw KeyFile.unusable(file, e);
        }
    }

    @Override
    public byte[] wrap(byte[] dataKey, byte[] associatedData) throws GeneralSecurityException {
        return aead.encrypt(dataKey, associatedData);
    }

    @Override
    public byte[] unwrap(byte[] wrapped, byte[] associatedData) throws WrongKeyException {
        try {
            return aead.decrypt(wrapped, associatedData);
        } catch (GeneralSecurityException e) {
            WrongKeyException wrong = new WrongKeyException("no key of the keyset unwraps it; " + describe());
            wrong.initCause(e);
            throw wrong;
        }
    }

    /** Tink puts the key's ID after a byte of 1. */
    @Override
    public boolean isCurrent(byte[] wrapped) {
        return wrapped.length > 5 && wrapped[0] == 1 && ByteBuffer.wrap(wrapped).getInt(1) == primaryId;
    }

    @Override
    public Optional<Instant> since() {
        return Optional.of(since);
    }

    @Override
    public String describe() {
        return "primary key " + Integer.toUnsignedString(primaryId);
    }
}
