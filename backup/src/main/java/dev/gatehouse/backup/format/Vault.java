// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.Rewrapped;
import dev.gatehouse.backup.crypto.DataKey;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.BackupStore.Put;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;

/**
 * The store and the keys of one source together. Every sealed object is bound to the format, the store and its own
 * name, which holds source, backup, artifact and index: moved anywhere else, it does not open.
 */
public final class Vault {

    private final BackupStore store;
    private final SecureRandom random;
    private final Layout layout;
    private final String storeId;
    private final Keyring keyring;

    public Vault(BackupStore store, KeyProvider keys, SecureRandom random, Layout layout) throws IOException {
        this(store, keys, random, layout, StoreIdentity.readOrCreate(store, random));
    }

    private Vault(BackupStore store, KeyProvider keys, SecureRandom random, Layout layout, String storeId) {
        this.store = store;
        this.random = random;
        this.layout = layout;
        this.storeId = storeId;
        this.keyring = new Keyring(store, keys, storeId);
    }

    /** That of a store that is there already. */
    public static Vault existing(BackupStore store, KeyProvider keys, SecureRandom random, Layout layout)
            throws IOException {
        return new Vault(store, keys, random, layout, StoreIdentity.readExisting(store));
    }

    public String storeId() {
        return storeId;
    }

    public BackupStore store() {
        return store;
    }

    public Layout layout() {
        return layout;
    }

    /** A new ID for something in this store. */
    public String newId() {
        return newId(random);
    }

    /** 128 random bits in hexadecimal. */
    public static String newId(SecureRandom random) {
        return StoreIdentity.newId(random);
    }

    public byte[] binding(ObjectName name) {
        return keyring.binding(name);
    }

    /** Wraps every data key of the store, of whatever source, with the present key. */
    public Rewrapped rewrapKeys() throws IOException {
        return new Rewrapping(keyring).run();
    }

    /** Whether a backup was made under the present key, and not only given to it by a rotation since. */
    public boolean isOfPresentKey(String backup) throws IOException {
        return keyring.isOfPresentKey(backup);
    }

    /** Removes every generation of a backup's key. */
    public void deleteKey(String backup) throws IOException {
        keyring.delete(backup);
    }

    /** Makes the key of a new backup and stores it wrapped. */
    public DataKey createKey(String backup) throws IOException {
        DataKey key = DataKey.generate(random);
        KeyName name = KeyName.first(backup);
        if (!keyring.put(name, key)) {
            throw new IOException("backup.store: " + name.object() + " is there already");
        }
        return key;
    }

    /** The key of a backup. */
    public DataKey key(String backup) throws BackupException {
        return keyring.open(backup);
    }

    /** Stores a small object. */
    void write(ObjectName name, byte[] bytes) throws IOException {
        if (store.putIfAbsent(name, out -> out.write(bytes)) == Put.EXISTS) {
            throw new IOException("backup.store: " + name + " is there already");
        }
    }

    /** Reads a small object whole; one larger than {@code most} is cut after one byte more. */
    public byte[] read(ObjectName name, int most) throws IOException {
        try (InputStream in = store.open(name)) {
            return in.readNBytes(most + 1);
        }
    }
}
