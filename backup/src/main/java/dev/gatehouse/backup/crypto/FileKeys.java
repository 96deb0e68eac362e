// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** Keys in a local Tink keyset. */
final class FileKeys implements KeyProvider {

    private static final int LARGEST_FILE = 1 << 20;

    private final Aead aead;
    private final int primaryId;

    private FileKeys(KeysetHandle keyset) throws GeneralSecurityException {
        this.aead = keyset.getPrimitive(AeadConfig2026.get(), Aead.class);
        this.primaryId = keyset.getPrimary().getId();
    }

    static FileKeys open(Path file) throws IOException {
        try {
            if (!Files.exists(file)) {
                PrivateFile.create(file, newKeyset());
            }
            return new FileKeys(read(file));
        } catch (GeneralSecurityException e) {
            throw new IOException("backup.keys: " + file + " is not a Tink keyset in JSON of AEAD keys", e);
        }
    }

    private static String newKeyset() throws GeneralSecurityException {
        KeysetHandle keyset = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get());
        return TinkJsonProtoKeysetFormat.serializeKeyset(keyset, AeadConfig2026.get(), InsecureSecretKeyAccess.get());
    }

    private static KeysetHandle read(Path file) throws IOException, GeneralSecurityException {
        PrivateFile.refuseUnlessPrivate(file);
        if (Files.size(file) > LARGEST_FILE) {
            throw new IOException("backup.keys: " + file + " is larger than a keyset can be");
        }
        String json = Files.readString(file, StandardCharsets.UTF_8);
        return TinkJsonProtoKeysetFormat.parseKeyset(json, AeadConfig2026.get(), InsecureSecretKeyAccess.get());
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

    @Override
    public String describe() {
        return "primary key " + Integer.toUnsignedString(primaryId);
    }
}
