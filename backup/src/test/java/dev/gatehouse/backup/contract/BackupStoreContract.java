// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.BackupStore.Put;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store must do, whatever is behind it. */
public abstract class BackupStoreContract {

    private static final ObjectName NAME = ObjectName.of("v1", "shop", "data", "one.0.zst.aead");

    protected BackupStore store;

    /** A new, empty store. */
    protected abstract BackupStore newStore() throws IOException;

    /** Larger than what the store sends at once. */
    protected int bytesOfALargeObject() {
        return 300_000;
    }

    @BeforeEach
    void open() throws IOException {
        store = newStore();
    }

    @Test
    void givesBackWhatWasPut() throws IOException {
        byte[] bytes = new byte[bytesOfALargeObject()];
        new Random(1).nextBytes(bytes);
        assertThat(store.putIfAbsent(NAME, out -> out.write(bytes))).isEqualTo(Put.STORED);
        try (InputStream in = store.open(NAME)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void keepsAnEmptyObject() throws IOException {
        assertThat(store.putIfAbsent(NAME, out -> {})).isEqualTo(Put.STORED);
        assertThat(read(NAME)).isEmpty();
    }

    @Test
    void neverOverwritesALargeObject() throws IOException {
        put(NAME, "first");
        byte[] bytes = new byte[bytesOfALargeObject()];
        assertThat(store.putIfAbsent(NAME, out -> out.write(bytes))).isEqualTo(Put.EXISTS);
        assertThat(read(NAME)).isEqualTo("first");
    }

    @Test
    void readsAPartAndLeavesTheRest() throws IOException {
        byte[] bytes = new byte[bytesOfALargeObject()];
        store.putIfAbsent(NAME, out -> out.write(bytes));
        try (InputStream in = store.open(NAME)) {
            assertThat(in.readNBytes(10)).hasSize(10);
        }
        try (InputStream in = store.open(NAME)) {
            in.skipNBytes(bytes.length);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void provesItselfAgainAndAgain() throws IOException {
        store.prove();
        store.prove();
        assertThat(store.list(ObjectName.of("v1"))).isEmpty();
        assertThat(store.place().where()).isNotEmpty();
    }

    @Test
    void neverOverwrites() throws IOException {
        put(NAME, "first");
        assertThat(store.putIfAbsent(NAME, out -> out.write(2))).isEqualTo(Put.EXISTS);
        assertThat(read(NAME)).isEqualTo("first");
    }

    @Test
    void letsOneOfManyWritersWin() throws Exception {
        int writers = 8;
        CyclicBarrier together = new CyclicBarrier(writers);
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<Put>> puts = java.util.stream.IntStream.range(0, writers)
                    .<Callable<Put>>mapToObj(i -> () -> store.putIfAbsent(NAME, out -> {
                        await(together);
                        out.write(("writer " + i).getBytes(StandardCharsets.UTF_8));
                    }))
                    .toList();
            List<Put> ends = new java.util.ArrayList<>();
            for (Future<Put> put : threads.invokeAll(puts)) {
                ends.add(put.get());
            }
            assertThat(ends).containsOnlyOnce(Put.STORED).hasSize(writers);
            assertThat(read(NAME)).startsWith("writer ");
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Test
    void keepsNothingOfAPutThatFails() throws IOException {
        assertThatThrownBy(() -> store.putIfAbsent(NAME, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("the source went away");
                }))
                .hasMessage("the source went away");

        assertThat(store.list(ObjectName.of("v1"))).isEmpty();
        assertThatThrownBy(() -> store.open(NAME)).isInstanceOf(NoSuchFileException.class);
        assertThat(store.putIfAbsent(NAME, out -> out.write(1))).isEqualTo(Put.STORED);
    }

    @Test
    void listsInOrderAndOnlyBelowTheFolder() throws IOException {
        for (String name : List.of("v1/shop/b", "v1/shop/a/2", "v1/shop/a/10", "v1/shopping/x", "v1/store.json")) {
            put(new ObjectName(name), name);
        }
        assertThat(store.list(new ObjectName("v1/shop")))
                .extracting(ObjectName::value)
                .containsExactly("v1/shop/a/10", "v1/shop/a/2", "v1/shop/b");
        assertThat(store.list(new ObjectName("v1/none"))).isEmpty();
    }

    @Test
    void deletesOnce() throws IOException {
        put(NAME, "x");
        assertThat(store.delete(NAME)).isTrue();
        assertThat(store.delete(NAME)).isFalse();
        assertThatThrownBy(() -> store.open(NAME)).isInstanceOf(NoSuchFileException.class);
    }

    protected void put(ObjectName name, String text) throws IOException {
        store.putIfAbsent(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    protected String read(ObjectName name) throws IOException {
        try (InputStream in = store.open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
