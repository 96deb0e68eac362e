// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract;

import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.backup.store.Place;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A store in memory, whose objects a test may change as an attacker could. */
public final class MemoryStore implements BackupStore {

    public final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

    private final String name;
    private final AtomicInteger callsLeft = new AtomicInteger(Integer.MAX_VALUE);
    private volatile int readable = Integer.MAX_VALUE;

    /** One of the name {@code memory}. */
    public MemoryStore() {
        this("memory");
    }

    /** One of this name. */
    public MemoryStore(String name) {
        this.name = name;
    }

    @Override
    public Place place() {
        return new Place(name, "memory", "this process", Optional.empty());
    }

    /** Lets every call fail after so many more. */
    public void failAfter(int calls) {
        callsLeft.set(calls);
    }

    /** Lets every stream break off after so many bytes. */
    public void breakReadsAfter(int bytes) {
        readable = bytes;
    }

    /** Set to let every call fail. */
    public volatile Optional<String> outage = Optional.empty();

    /** Set to let every call fail like this. */
    public volatile Optional<IOException> refusal = Optional.empty();

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
        int most = readable;
        if (most >= bytes.length) {
            return new ByteArrayInputStream(bytes);
        }
        return new SequenceInputStream(new ByteArrayInputStream(bytes, 0, most), new Broken());
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
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        if (outage.isPresent()) {
            throw new IOException(outage.get());
        }
        if (callsLeft.get() != Integer.MAX_VALUE && callsLeft.decrementAndGet() < 0) {
            throw new IOException("no more calls");
        }
    }

    private static final class Broken extends InputStream {
        @Override
        public int read() throws IOException {
            return read(new byte[1], 0, 1);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            throw new IOException("connection reset");
        }
    }
}
