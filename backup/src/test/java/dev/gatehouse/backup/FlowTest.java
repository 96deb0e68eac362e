// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.StreamSource.Bytes;
import dev.gatehouse.backup.contract.MemoryStore;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.source.Part;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.testing.ManualTime;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens between source and store. */
@Timeout(60)
class FlowTest {

    private static final int MIB = 1 << 20;

    /** What one worker packs at a time. */
    private static final int BLOCK = 510 << 12;

    @TempDir
    Path folder;

    final MemoryStore store = new MemoryStore();
    final ManualTime time = new ManualTime();

    private Backups backups(StreamSource source, BackupStore where) throws IOException {
        return builder(source, where).chunkBytes(3 * MIB).build();
    }

    private BackupsBuilder builder(StreamSource source, BackupStore where) throws IOException {
        return Backups.builder()
                .source(source)
                .store(where)
                .keys(KeyProvider.file(folder.resolve("backup.key")))
                .workFolder(folder.resolve("work"))
                .workers(3)
                .clock(time)
                .ticker(time);
    }

    private static Part part(String name, InputStream in) {
        return Part.stream(name, OptionalLong.empty(), () -> in);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB - 1, 3 * MIB, 3 * MIB + 1, 20 * MIB + 12_345})
    void givesBackEveryLengthInTheOrderInWhichItCame(long length) throws Exception {
        StreamSource source = new StreamSource(part("one", new Bytes(1, length)), part("two", new Bytes(2, 5)));
        try (Backups backups = backups(source, store)) {
            Run run = backups.backUp();
            assertThat(run.succeeded()).as(run.detail()).isTrue();
            backups.restore(run.id(), folder.resolve("target"));
        }
        assertThat(folder.resolve("target/one")).hasBinaryContent(bytes(1, length));
        assertThat(folder.resolve("target/two")).hasBinaryContent(bytes(2, 5));
        assertThat(chunks("one")).isEqualTo((length + 3 * MIB - 1) / (3 * MIB));
        assertThat(source.closed()).isTrue();
    }

    private static byte[] bytes(long seed, long length) throws IOException {
        try (InputStream in = new Bytes(seed, length)) {
            return in.readAllBytes();
        }
    }

    private long chunks(String part) {
        return store.objects.keySet().stream()
                .filter(name -> name.contains("/" + part + "."))
                .count();
    }

    @Test
    void readsNoFurtherAheadThanItsBlocks() throws Exception {
        CountDownLatch letGo = new CountDownLatch(1);
        Bytes in = new Bytes(3, 20L * MIB);
        StreamSource source = new StreamSource(part("one", in));
        try (Backups backups = builder(source, new SlowStore(store, letGo)).build()) {
            CompletableFuture<Run> run = CompletableFuture.supplyAsync(() -> backUp(backups));
            while (!(in.read.get() >= 6L * BLOCK && waitsForABlock(in.reader)) && !run.isDone()) {
                Thread.onSpinWait();
            }
            assertThat(in.read.get()).isEqualTo(6L * BLOCK);
            letGo.countDown();
            assertThat(run.get().succeeded()).isTrue();
        }
        assertThat(in.read.get()).isEqualTo(20L * MIB);
    }

    private static Run backUp(Backups backups) {
        try {
            return backups.backUp();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean waitsForABlock(@Nullable Thread reader) {
        return reader != null
                && reader.getState() == Thread.State.TIMED_WAITING
                && Arrays.stream(reader.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().endsWith(".BlockPool"));
    }

    @Test
    void endsTheReadingAsSoonAsTheStoreFails() throws Exception {
        Bytes in = new Bytes(4, Long.MAX_VALUE);
        StreamSource source = new StreamSource(part("one", in));
        try (Backups backups = backups(source, new FullStore(store, 10L * MIB))) {
            Run run = backups.backUp();
            assertThat(run.succeeded()).isFalse();
            assertThat(run.detail()).contains("No space left on device");
        }
        assertThat(in.closed).isTrue();
        assertThat(source.closed()).isTrue();
        assertThat(store.objects.keySet()).containsExactly("v1/store.json");
        assertThat(Rig.isEmptyOrAbsent(folder.resolve("work"))).isTrue();
    }

    @Test
    void endsTheReadingThatIsStuckWhenTheStoreFails() throws Exception {
        Part stuck = Part.process(
                "one",
                OptionalLong.empty(),
                new ProcessBuilder("/bin/sh", "-c", "head -c 30000000 /dev/urandom; exec sleep 600"),
                line -> false);
        try (Backups backups = backups(new StreamSource(stuck), new FullStore(store, 25L * MIB))) {
            Run run = backups.backUp();
            assertThat(run.detail()).contains("No space left on device");
        }
        assertThat(store.objects.keySet()).containsExactly("v1/store.json");
    }

    @Test
    void keepsNothingOfASourceThatFails() throws Exception {
        Part failing = Part.process(
                "one",
                OptionalLong.empty(),
                new ProcessBuilder("/bin/sh", "-c", "head -c 9000000 /dev/urandom; echo lost connection >&2; exit 1"),
                line -> false);
        try (Backups backups = backups(new StreamSource(part("zero", new Bytes(5, 10)), failing), store)) {
            Run run = backups.backUp();
            assertThat(run.succeeded()).isFalse();
            assertThat(run.detail()).contains("sh exited with 1: lost connection");
        }
        assertThat(store.objects.keySet()).containsExactly("v1/store.json");
    }

    @Test
    void givesUpASourceThatGivesNothing() throws Exception {
        Silent silent = new Silent(time, Duration.ofMinutes(10));
        try (Backups backups = backups(new StreamSource(part("one", silent)), store)) {
            Run run = backups.backUp();
            assertThat(run.succeeded()).isFalse();
            assertThat(run.detail()).contains("one gave nothing for PT10M (stallTimeout)");
        }
        assertThat(store.objects.keySet()).containsExactly("v1/store.json");
    }

    /** Gives nothing and ends only when it is closed; the first to wait for it waits long. */
    private static final class Silent extends InputStream {

        private final CountDownLatch closed = new CountDownLatch(1);
        private final ManualTime time;
        private final Duration wait;

        Silent(ManualTime time, Duration wait) {
            this.time = time;
            this.wait = wait;
        }

        @Override
        public int read() throws IOException {
            time.advance(wait);
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("closed");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return read();
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void tellsHowFarItIsAndHowLongItWillTake() throws Exception {
        AtomicLong seen = new AtomicLong();
        Bytes bytes = new Bytes(6, 8L * MIB);
        Backups[] running = new Backups[1];
        InputStream in = new FilterInputStream(bytes) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (bytes.read.get() == 2L * MIB) {
                    time.advance(Duration.ofSeconds(2));
                }
                if (bytes.read.get() >= 4L * MIB) {
                    assertThat(running[0].list().get(0).detail())
                            .isEqualTo("2.0 MiB of about 8.0 MiB, 1.0 MiB/s, 6 s left");
                    seen.incrementAndGet();
                }
                return super.read(buffer, offset, length);
            }
        };
        StreamSource source = new StreamSource(Part.stream("one", OptionalLong.of(8L * MIB), () -> in));
        try (Backups backups = backups(source, store)) {
            running[0] = backups;
            assertThat(backups.backUp().succeeded()).isTrue();
        }
        assertThat(seen).hasPositiveValue();
    }

    @Test
    void needsLittleMemoryWhateverTheSize() throws Exception {
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx56m",
                        "-XX:MaxDirectMemorySize=8m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isZero();
        assertThat(Files.size(folder.resolve("target/one"))).isEqualTo(SmallHeap.LENGTH);
    }

    /** Backs up and restores far more than its heap, with as many workers as there may be. */
    static final class SmallHeap {

        static final long LENGTH = 128L * MIB;

        private SmallHeap() {}

        public static void main(String[] arguments) throws Exception {
            ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("ROOT"))
                    .setLevel(ch.qos.logback.classic.Level.WARN);
            Path folder = Path.of(arguments[0]);
            try (Backups backups = Backups.builder()
                    .source(new StreamSource(part("one", new Bytes(8, LENGTH))))
                    .store(BackupStore.directory(folder.resolve("store")))
                    .keys(KeyProvider.file(folder.resolve("backup.key")))
                    .workers(6)
                    .build()) {
                Run run = backups.backUp();
                if (!run.succeeded()) {
                    throw new IllegalStateException(run.detail());
                }
                backups.restore(run.id(), folder.resolve("target"));
            }
        }
    }

    /** Takes no chunk's bytes before it may. */
    private record SlowStore(MemoryStore store, CountDownLatch letGo) implements Delegating {
        @Override
        public Put putIfAbsent(ObjectName name, Body body) throws IOException {
            try {
                if (name.value().contains("/data/")) {
                    letGo.await();
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return store.putIfAbsent(name, body);
        }
    }

    /** Has room for so many bytes of chunks. */
    private record FullStore(MemoryStore store, AtomicLong room) implements Delegating {
        FullStore(MemoryStore store, long room) {
            this(store, new AtomicLong(room));
        }

        @Override
        public Put putIfAbsent(ObjectName name, Body body) throws IOException {
            return store.putIfAbsent(
                    name,
                    out -> body.writeTo(new FilterOutputStream(out) {
                        @Override
                        public void write(byte[] buffer, int offset, int length) throws IOException {
                            if (room.addAndGet(-length) < 0) {
                                throw new IOException("No space left on device");
                            }
                            out.write(buffer, offset, length);
                        }
                    }));
        }
    }

    private interface Delegating extends BackupStore {

        MemoryStore store();

        @Override
        default InputStream open(ObjectName name) throws IOException {
            return store().open(name);
        }

        @Override
        default List<ObjectName> list(ObjectName folder) throws IOException {
            return store().list(folder);
        }

        @Override
        default boolean delete(ObjectName name) throws IOException {
            return store().delete(name);
        }
    }
}
