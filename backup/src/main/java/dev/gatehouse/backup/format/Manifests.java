// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.crypto.DataKey;
import dev.gatehouse.backup.format.Layout.ManifestName;
import dev.gatehouse.backup.store.ObjectName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.Comparator;
import java.util.List;

/** The sealed manifests of one source in the store. */
public record Manifests(Vault vault) {

    private static final int LARGEST = 2 << 20;

    /** The names of all, newest first: by sequence number, never by a clock. */
    public List<ManifestName> names() throws IOException {
        return vault.store().list(vault.layout().manifests()).stream()
                .flatMap(name -> vault.layout().manifestName(name).stream())
                .sorted(Comparator.comparingLong(ManifestName::sequence)
                        .reversed()
                        .thenComparing(ManifestName::backup))
                .toList();
    }

    /** Seals and stores a manifest, last of all; gives the SHA-256 of its stored bytes. */
    public String write(Manifest manifest, DataKey key) throws IOException {
        ObjectName name = vault.layout().manifest(new ManifestName(manifest.sequence(), manifest.backup()));
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try (OutputStream out = key.seal(sealed, vault.binding(name))) {
            out.write(ManifestJson.write(manifest));
        }
        vault.write(name, sealed.toByteArray());
        return Tally.sha256Hex(sealed.toByteArray());
    }

    /** The stored bytes. */
    public byte[] bytes(ManifestName name) throws BackupException {
        ObjectName object = vault.layout().manifest(name);
        try {
            return vault.read(object, LARGEST);
        } catch (NoSuchFileException e) {
            throw new BackupException.Damaged(name.backup(), object + " is missing", e);
        } catch (IOException e) {
            throw BackupException.of(name.backup(), object + " could not be read: " + e.getMessage(), e);
        }
    }

    /** Authenticates a manifest and reads it. */
    public Authentic open(ManifestName name) throws BackupException {
        return open(name, bytes(name));
    }

    public Authentic open(ManifestName name, byte[] sealed) throws BackupException {
        DataKey key = vault.key(name.backup());
        ObjectName object = vault.layout().manifest(name);
        Decoded<Manifest> decoded = ManifestReader.read(unseal(name, object, sealed, key));
        if (decoded instanceof Decoded.Value<Manifest> read && isNamed(read.value(), name)) {
            return new Authentic(read.value(), Tally.sha256Hex(sealed), key);
        }
        String why = decoded instanceof Decoded.Malformed<Manifest> bad ? bad.reason() : "it is of another backup";
        throw new BackupException.Damaged(name.backup(), object + ": " + why, null);
    }

    private byte[] unseal(ManifestName name, ObjectName object, byte[] sealed, DataKey key) throws BackupException {
        try {
            return key.open(new ByteArrayInputStream(sealed), vault.binding(object))
                    .readAllBytes();
        } catch (IOException e) {
            throw new BackupException.Damaged(name.backup(), object + " is damaged, or was moved here", e);
        }
    }

    private boolean isNamed(Manifest manifest, ManifestName name) {
        return manifest.store().equals(vault.storeId())
                && manifest.source().equals(vault.layout().source())
                && manifest.backup().equals(name.backup())
                && manifest.sequence() == name.sequence();
    }
}
