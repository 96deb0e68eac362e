// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract;

import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.ObjectName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A store in memory, whose objects a test may change as an attacker could. */
public final class MemoryStore implements BackupStore {

    public final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

    /** Set to let every call fail. */
    public volatile Optional<String> outage = Optional.empty();

    @Override
    public Put putIfAbsent(ObjectName name, Body body) throws IOException {
        failIfOut();
        if (objects.containsKey(name.value())) {
            return Put.EXISTS;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.writeTo(bytes);
        return objects.putIfAbsent(name.value(), bytes.toByteArray()) == null ? Put.STORED : Put.EXISTS;
    }

    @Override
    public InputStream open(ObjectName name) throws IOException {
        failIfOut();
        byte[] bytes = objects.get(name.value());
        if (bytes == null) {
            throw new NoSuchFileException(name.value());
        }
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public List<ObjectName> list(ObjectName folder) throws IOException {
        failIfOut();
        return new TreeMap<>(objects)
                .keySet().stream()
                        .filter(name -> name.startsWith(folder.value() + "/"))
                        .map(ObjectName::new)
                        .toList();
    }

    @Override
    public boolean delete(ObjectName name) throws IOException {
        failIfOut();
        return objects.remove(name.value()) != null;
    }

    /** An object's own bytes, which the caller may change. */
    public byte[] bytes(String name) {
        byte[] bytes = objects.get(name);
        if (bytes == null) {
            throw new IllegalArgumentException("no object " + name);
        }
        return bytes;
    }

    private void failIfOut() throws IOException {
        if (outage.isPresent()) {
            throw new IOException(outage.get());
        }
    }
}
