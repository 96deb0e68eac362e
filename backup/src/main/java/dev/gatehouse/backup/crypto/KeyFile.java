// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.crypto;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;

/** The file of a local Tink keyset: made, read and changed only as a whole. */
final class KeyFile {

    private static final int LARGEST = 1 << 20;

    private KeyFile() {}

    /** Writes a new keyset of one key; one that appears meanwhile stays as it is. */
    static void create(Path file) throws IOException, GeneralSecurityException {
        PrivateFile.create(file, json(new KeysetHandle.Builder().addEntry(newKey())));
    }

    static KeysetHandle read(Path file) throws IOException, GeneralSecurityException {
        PrivateFile.refuseUnlessPrivate(file);
        if (Files.size(file) > LARGEST) {
            throw new IOException("backup.keys: " + file + " is larger than a keyset can be");
        }
        String json = Files.readString(file, StandardCharsets.UTF_8);
        return TinkJsonProtoKeysetFormat.parseKeyset(json, AeadConfig2026.get(), InsecureSecretKeyAccess.get());
    }

    /** When the present key was made: a new one changes the file, and the removal of others leaves its time alone. */
    static Instant since(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }

    static void addKey(Path file) throws IOException {
        change(file, Optional.empty(), keys -> keys.addEntry(newKey()));
    }

    static void removeOlderKeys(Path file) throws IOException {
        change(file, Optional.of(Files.getLastModifiedTime(file)), keys -> {
            for (int i = keys.size() - 1; i >= 0; i--) {
                if (!keys.getAt(i).isPrimary()) {
                    keys.deleteAt(i);
                }
            }
        });
    }

    private static void change(Path file, Optional<FileTime> modified, Change change) throws IOException {
        try {
            KeysetHandle.Builder keys = KeysetHandle.newBuilder(read(file));
            change.make(keys);
            PrivateFile.replace(file, json(keys), modified);
        } catch (GeneralSecurityException e) {
            throw unusable(file, e);
        }
    }

    static IOException unusable(Path file, GeneralSecurityException why) {
        return new IOException("backup.keys: " + file + " is not a Tink keyset in JSON of AEAD keys", why);
    }

    private static KeysetHandle.Builder.Entry newKey() {
        return KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                .withRandomId()
                .makePrimary();
    }

    private static String json(KeysetHandle.Builder keys) throws GeneralSecurityException {
        keys.setConfiguration(AeadConfig2026.get());
        return TinkJsonProtoKeysetFormat.serializeKeyset(
                keys.build(), AeadConfig2026.get(), InsecureSecretKeyAccess.get());
    }

    private interface Change {
        void make(KeysetHandle.Builder keys);
    }
}
