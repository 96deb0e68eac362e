// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.Rewrapped;
import dev.gatehouse.backup.crypto.DataKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wraps every data key of a store with the present key. Backups themselves are not touched. A key is stored anew, read
 * back and compared before its older wrappings are removed, so that it can be ended at any point and begun again.
 */
record Rewrapping(Keyring keyring) {

    private static final Logger LOG = LoggerFactory.getLogger(Rewrapping.class);

    Rewrapped run() throws IOException {
        int rewrapped = 0;
        int current = 0;
        List<String> failures = new ArrayList<>();
        for (Map.Entry<String, List<KeyName>> key : keyring.all().entrySet()) {
            try {
                if (rewrap(key.getValue())) {
                    rewrapped++;
                } else {
                    current++;
                }
            } catch (BackupException | GeneralSecurityException e) {
                LOG.error("the key of backup {} could not be wrapped anew", key.getKey(), e);
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        return new Rewrapped(rewrapped, current, failures);
    }

    /** Whether there was anything to do; the newest generation comes first. */
    private boolean rewrap(List<KeyName> generations) throws IOException, BackupException, GeneralSecurityException {
        KeyName newest = generations.get(0);
        DataKey key = keyring.open(newest.id());
        if (keyring.isCurrent(newest) && isSame(newest, key)) {
            return removeAll(generations.subList(1, generations.size()));
        }
        KeyName fresh = newest.next();
        if (fresh.generation() > KeyName.MOST || !keyring.put(fresh, key) || !isSame(fresh, key)) {
            throw new GeneralSecurityException("backup " + newest.id() + ": " + fresh.object()
                    + " was not stored as it was given; run this again");
        }
        return removeAll(generations);
    }

    /** Read back from the store: only what opens with the present key may replace what opened before. */
    private boolean isSame(KeyName name, DataKey key) throws BackupException {
        try {
            return keyring.open(name).isSame(key);
        } catch (BackupException.WrongKey | BackupException.Damaged e) {
            return false;
        }
    }

    private boolean removeAll(List<KeyName> older) throws IOException {
        for (KeyName name : older) {
            keyring.store().delete(name.object());
        }
        return !older.isEmpty();
    }
}
