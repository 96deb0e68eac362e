// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads signed objects, and none twice as long as its bytes are the same. What is not authentic is an alarm and counts
 * for nothing. Not thread-safe.
 *
 * @param <T> what they are
 */
final class SignedFolder<T> {

    private final Vault vault;
    private final Reader<T> reader;
    private Map<String, T> known = Map.of();

    SignedFolder(Vault vault, Reader<T> reader) {
        this.vault = vault;
        this.reader = reader;
    }

    List<T> read(List<ObjectName> names, List<String> alarms) throws IOException {
        Map<String, T> fresh = new HashMap<>();
        for (ObjectName name : names.subList(0, Math.min(Catalogue.MOST, names.size()))) {
            Optional<byte[]> bytes = bytes(name);
            if (bytes.isPresent()) {
                String key = name + "-" + Tally.sha256Hex(bytes.get());
                T value = known.get(key);
                Optional<T> read = value != null ? Optional.of(value) : read(name, bytes.get(), alarms);
                read.ifPresent(found -> fresh.put(key, found));
            }
        }
        known = fresh;
        return List.copyOf(fresh.values());
    }

    /** What went away since it was listed is not there. */
    private Optional<byte[]> bytes(ObjectName name) throws IOException {
        try {
            return Optional.of(new SignedJson(vault).bytes(name));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Optional<T> read(ObjectName name, byte[] bytes, List<String> alarms) {
        try {
            if (reader.read(name, bytes) instanceof Decoded.Value<T> decoded) {
                return Optional.of(decoded.value());
            }
            alarms.add(name + " was changed or moved and does not count; look who can write to the store");
        } catch (BackupException e) {
            alarms.add(name + " cannot be checked and does not count: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** Reads one object, when it is authentic. */
    @FunctionalInterface
    interface Reader<T> {
        Decoded<T> read(ObjectName name, byte[] bytes) throws BackupException;
    }
}
