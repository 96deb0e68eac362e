// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.HealthCheck;
import dev.gatehouse.HealthStatus;
import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.BackupGate;
import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.BackupsBuilder;
import dev.gatehouse.backup.Run;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.retention.RetentionPolicy;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.HighWaterMark;
import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.testing.ManualTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A store with one small backup in it, and what every row of the list asks of it. */
public final class FaultBench {

    static final int CHUNK = 1024;
    static final byte[] CONTENT = new byte[CHUNK + 76];

    private static final ObjectName ROOT = ObjectName.of("v1");

    static {
        new Random(42).nextBytes(CONTENT);
    }

    final FaultListContract kind;
    final String address;
    final Path folder;
    final Path target;
    final String backup;
    final Random random = new Random(20_261_121);
    final ManualTime time = new ManualTime();
    BackupStore store;

    FaultBench(FaultListContract kind, String address) throws Exception {
        this.kind = kind;
        this.address = address;
        this.folder = kind.folder;
        this.target = folder.resolve("target");
        this.store = open();
        this.backup = make();
    }

    BackupStore open() throws Exception {
        return kind.opener().getDeclaredConstructor().newInstance().open(address);
    }

    void count(String row, int cases, String outcome) {
        kind.count(row, cases, outcome);
    }

    static BackupsBuilder builder(Path folder, BackupStore store, InstantSource clock) throws IOException {
        RetentionPolicy policy = RetentionPolicy.standard()
                .covering(RetentionPolicy.LEAST, Duration.ofDays(5))
                .generations(0, 0, 0, 0);
        return Backups.builder()
                .source(new BytesSource(CONTENT))
                .store(store)
                .retention(policy, store)
                .keys(KeyProvider.file(folder.resolve("backup.key")))
                .highWaterMark(HighWaterMark.directory(folder.resolve("marks")))
                .workFolder(Files.createDirectories(folder.resolve("work")))
                .chunkBytes(CHUNK)
                .clock(clock);
    }

    BackupsBuilder builder() throws IOException {
        return builder(folder, store, time);
    }

    Backups backups() throws IOException {
        return builder().build();
    }

    Backups backups(BackupStore other) throws IOException {
        return builder(folder, other, time).build();
    }

    String make() throws Exception {
        return make(builder());
    }

    static String make(BackupsBuilder builder) throws Exception {
        try (Backups backups = builder.build()) {
            Run run = backups.backUp();
            assertThat(run.succeeded()).as(run.detail()).isTrue();
            return run.id();
        }
    }

    byte[] bytes(ObjectName name) throws IOException {
        try (InputStream in = store.open(name)) {
            return in.readAllBytes();
        }
    }

    /** All objects but notes of readers, which come and go. */
    List<ObjectName> objects() throws IOException {
        return store.list(ROOT).stream()
                .filter(name -> !name.value().contains("/leases/"))
                .toList();
    }

    ObjectName manifest(String id) throws IOException {
        return objects().stream()
                .filter(name ->
                        name.value().contains("/manifests/") && name.value().contains(id))
                .findFirst()
                .orElseThrow();
    }

    void replace(ObjectName name, byte[] bytes) throws IOException {
        store.delete(name);
        store.putIfAbsent(name, out -> out.write(bytes));
    }

    /** Everything that is stored now. */
    Map<ObjectName, byte[]> content() throws IOException {
        Map<ObjectName, byte[]> content = new TreeMap<>();
        for (ObjectName name : store.list(ROOT)) {
            content.put(name, bytes(name));
        }
        return content;
    }

    /** Stores {@code content} and nothing else. */
    void putBack(Map<ObjectName, byte[]> content) throws IOException {
        for (ObjectName name : store.list(ROOT)) {
            if (!content.containsKey(name)) {
                store.delete(name);
            }
        }
        for (Map.Entry<ObjectName, byte[]> object : content.entrySet()) {
            store.putIfAbsent(object.getKey(), out -> out.write(object.getValue()));
        }
    }

    /** Asserts that an object with other bytes in it keeps the backup from being restored, and puts it right again. */
    void assertRefusedWith(ObjectName name, byte[] original, byte[] changed, String attack) throws IOException {
        replace(name, changed);
        assertRefused(backup, attack + " of " + name);
        replace(name, original);
    }

    void assertRefused(String id, String attack) throws IOException {
        try (Backups backups = backups()) {
            assertThat(catchThrowable(() -> backups.restore(id, target)))
                    .as(attack)
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining(id);
        }
        assertThat(target).as(attack).doesNotExist();
        Local.assertNoCopies(folder, attack);
    }

    void assertRestores(String id) throws Exception {
        try (Backups backups = backups()) {
            backups.restore(id, target);
        }
        assertThat(target.resolve(BytesSource.PART)).hasBinaryContent(CONTENT);
        Local.clear(target);
        Files.delete(target);
    }

    /** Asserts that nothing unfinished or unencrypted is left anywhere. */
    void assertClean(String fault) throws Exception {
        assertThat(Local.names(folder.resolve("work"))).as(fault).isEmpty();
        Local.assertNoCopies(folder, fault);
        kind.assertNothingUnfinished(address);
    }

    static HealthStatus health(Backups backups, String name) throws Exception {
        for (HealthCheck check : new BackupGate(backups).health()) {
            if (check.name().equals(name)) {
                return check.probe().call();
            }
        }
        throw new AssertionError("no health check " + name);
    }
}
