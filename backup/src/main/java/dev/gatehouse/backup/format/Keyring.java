// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.crypto.DamagedKeyException;
import dev.gatehouse.backup.crypto.DataKey;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.crypto.WrongKeyException;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.BackupStore.Put;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wrapped data keys of a store. */
record Keyring(BackupStore store, KeyProvider keys, String storeId) {

    private static final Logger LOG = LoggerFactory.getLogger(Keyring.class);
    private static final int LARGEST = 1 << 16;

    byte[] binding(ObjectName name) {
        return ("gatehouse-backup/1\n" + storeId + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Wraps a data key and stores it; false when that name is taken. */
    boolean put(KeyName name, DataKey key) throws IOException {
        byte[] wrapped = key.wrap(keys, binding(name.object()));
        return store.putIfAbsent(name.object(), out -> out.write(wrapped)) == Put.STORED;
    }

    /** The data key of a backup: the first generation that opens, the newest one last. */
    DataKey open(String backup) throws BackupException {
        try {
            return open(KeyName.first(backup));
        } catch (BackupException.WrongKey | BackupException.Damaged first) {
            return openLater(backup, first);
        }
    }

    /** When none opens, a key that is the wrong one says more than one that is missing, for it was replaced. */
    private DataKey openLater(String backup, BackupException first) throws BackupException {
        BackupException why = first;
        for (KeyName name : generations(backup)) {
            try {
                return open(name);
            } catch (BackupException.WrongKey e) {
                why = e;
            } catch (BackupException.Damaged e) {
                LOG.warn("{} does not open: {}", name.object(), e.getMessage());
            }
        }
        throw why;
    }

    /** All but the first, newest first. */
    private List<KeyName> generations(String backup) throws BackupException {
        try {
            return all().getOrDefault(backup, List.of()).stream()
                    .filter(name -> name.generation() > 1)
                    .toList();
        } catch (IOException e) {
            throw BackupException.of(backup, "its keys could not be listed: " + e.getMessage(), e);
        }
    }

    /** The names of all wrapped keys by whose they are, of each the newest generation first. */
    Map<String, List<KeyName>> all() throws IOException {
        return store.list(KeyName.FOLDER).stream()
                .flatMap(object -> KeyName.parse(object).stream())
                .sorted(Comparator.comparingInt(KeyName::generation).reversed())
                .collect(Collectors.groupingBy(KeyName::id, TreeMap::new, Collectors.toList()));
    }

    DataKey open(KeyName name) throws BackupException {
        ObjectName object = name.object();
        try {
            return DataKey.unwrap(read(object), keys, binding(object));
        } catch (WrongKeyException e) {
            throw new BackupException.WrongKey(name.id(), e);
        } catch (DamagedKeyException e) {
            throw new BackupException.Damaged(name.id(), object + ": " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new BackupException.Damaged(name.id(), object + " is missing", e);
        } catch (IOException e) {
            throw BackupException.of(name.id(), object + " could not be read: " + e.getMessage(), e);
        }
    }

    /** Whether it is wrapped with the present key; what is damaged is not. */
    boolean isCurrent(KeyName name) throws IOException {
        try {
            return DataKey.isCurrent(read(name.object()), keys);
        } catch (DamagedKeyException e) {
            return false;
        }
    }

    /** Whether the key of a backup was wrapped with the present key when it was made, and not only by a rotation since. */
    boolean isOfPresentKey(String backup) throws IOException {
        try {
            return isCurrent(KeyName.first(backup));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private byte[] read(ObjectName name) throws IOException {
        try (InputStream in = store.open(name)) {
            return in.readNBytes(LARGEST + 1);
        }
    }

    /** Removes every generation of a key. */
    void delete(String backup) throws IOException {
        for (KeyName name : all().getOrDefault(backup, List.of())) {
            store.delete(name.object());
        }
    }
}
