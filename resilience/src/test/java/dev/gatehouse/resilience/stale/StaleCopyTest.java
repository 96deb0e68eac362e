// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.resilience.Outcome;
import dev.gatehouse.testing.ManualTime;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restart while the dependency is down. */
class StaleCopyTest {

    private static final int MAX_BYTES = 4_096;
    private static final Outcome.Rejected<String> DOWN = new Outcome.Rejected<>(Outcome.Rejection.OPEN);

    private final ManualTime time = new ManualTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private StaleStore store = StaleStore.inMemory();

    @BeforeEach
    void inFiles(@TempDir Path folder) {
        store = StaleStore.directory(folder.resolve("stale"), MAX_BYTES);
    }

    private StaleCacheBuilder<String, String> builder(String name, int version) {
        return StaleCache.<String, String>named(name, 100, Duration.ofHours(1))
                .copy(store, StaleCodec.text(), StaleCodec.text(), version)
                .ticker(time)
                .clock(time)
                .meters(meters);
    }

    private StaleCache<String, String> start() {
        return builder("search", 1).build();
    }

    private static void learn(StaleCache<String, String> cache, String key, String value) {
        cache.read(key, () -> new Outcome.Success<>(value));
    }

    /** What a cache that is started now answers while the dependency is down. */
    private Outcome<String> afterRestart(String key) {
        try (StaleCache<String, String> next = start()) {
            return next.read(key, () -> DOWN);
        }
    }

    private void leave(String key, String value) {
        try (StaleCache<String, String> cache = start()) {
            learn(cache, key, value);
        }
    }

    private double copies(String result) {
        return meters.find("gatehouse.stale.copies").tag("cache", "search").tag("result", result).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void servesWhatWasKnownBeforeAndItsTrueAge() {
        try (StaleCache<String, String> cache = start()) {
            learn(cache, "shoes", "schöne Schuhe");
            time.advance(Duration.ofMinutes(2));
        }
        time.advance(Duration.ofMinutes(5));

        assertThat(afterRestart("shoes")).isEqualTo(new Outcome.Stale<>("schöne Schuhe", Duration.ofMinutes(7), DOWN));
    }

    @Test
    void aRestartMakesNothingYounger() {
        leave("shoes", "old");
        time.advance(Duration.ofMinutes(59));
        try (StaleCache<String, String> cache = start()) {
            learn(cache, "hats", "newer");
        }
        time.advance(Duration.ofMinutes(1));

        assertThat(afterRestart("shoes")).isSameAs(DOWN);
        assertThat(afterRestart("hats")).isInstanceOf(Outcome.Stale.class);
    }

    @Test
    void whatCameFromTheCopyGrowsTooOldInTheNextProcess() {
        leave("shoes", "old");
        time.advance(Duration.ofMinutes(59));
        try (StaleCache<String, String> next = start()) {
            assertThat(next.peek("shoes")).contains("old");
            time.advance(Duration.ofMinutes(1));
            assertThat(next.peek("shoes")).isEmpty();
        }
    }

    @Test
    void whatWasForgottenIsNotInTheCopy() {
        leave("shoes", "old");
        try (StaleCache<String, String> cache = start()) {
            cache.forget("shoes");
        }

        assertThat(afterRestart("shoes")).isSameAs(DOWN);
    }

    @Test
    void nothingIsWrittenWhenNothingChanged() {
        try (StaleCache<String, String> cache = start()) {
            learn(cache, "shoes", "old");
            cache.save();
            cache.save();
        }

        assertThat(copies("saved")).isEqualTo(1);
    }

    @Test
    void theCopyIsBoundedAndSaysWhatItLeftOut() {
        try (StaleCache<String, String> cache = start()) {
            for (int i = 0; i < 100; i++) {
                learn(cache, "key" + i, "v".repeat(1_000));
            }
        }

        assertThat(meters.get("gatehouse.stale.copy.cut").counter().count()).isEqualTo(97);
        try (StaleCache<String, String> next = start()) {
            assertThat(next.size()).isEqualTo(3);
        }
    }

    @Test
    void onAStoreThatFailsItWorksOnInMemory() {
        store = new BrokenStore();
        try (StaleCache<String, String> cache = start()) {
            learn(cache, "shoes", "old");
            cache.save();

            assertThat(cache.read("shoes", () -> DOWN)).isInstanceOf(Outcome.Stale.class);
        }
        assertThat(copies("ignored")).isEqualTo(1);
        assertThat(copies("failed")).isEqualTo(2);
    }

    @Nested
    class ACopyThatCannotBeRead {

        private Path file(Path folder) {
            return folder.resolve("stale").resolve("search.stale");
        }

        private void isLeftOut() {
            double before = copies("ignored");
            assertThat(afterRestart("shoes")).isSameAs(DOWN);
            assertThat(copies("ignored")).isEqualTo(before + 1);
        }

        @Test
        void becauseAnyByteOfItIsDamagedIsLeftOut(@TempDir Path folder) throws IOException {
            store = StaleStore.directory(folder.resolve("stale"), MAX_BYTES);
            leave("shoes", "old");
            byte[] good = Files.readAllBytes(file(folder));
            for (int at = 0; at < good.length; at++) {
                byte[] damaged = good.clone();
                damaged[at] ^= 0x10;
                Files.write(file(folder), damaged);
                isLeftOut();
            }
        }

        @Test
        void becauseItIsCutAnywhereIsLeftOut(@TempDir Path folder) throws IOException {
            store = StaleStore.directory(folder.resolve("stale"), MAX_BYTES);
            leave("shoes", "old");
            byte[] good = Files.readAllBytes(file(folder));
            for (int length = 0; length < good.length; length++) {
                Files.write(file(folder), Arrays.copyOf(good, length));
                isLeftOut();
            }
        }

        @Test
        void becauseItIsForeignOrTooLargeIsLeftOut(@TempDir Path folder) throws IOException {
            store = StaleStore.directory(folder.resolve("stale"), MAX_BYTES);
            leave("shoes", "old");
            Files.writeString(file(folder), "{\"not\": \"ours\"}");
            isLeftOut();
            Files.write(file(folder), new byte[MAX_BYTES + 1]);
            isLeftOut();
            Files.delete(file(folder));
            Files.createDirectory(file(folder));
            isLeftOut();
        }

        @Test
        void becauseItIsAnotherCachesIsLeftOut(@TempDir Path folder) throws IOException {
            store = StaleStore.directory(folder.resolve("stale"), MAX_BYTES);
            try (StaleCache<String, String> other = builder("other", 1).build()) {
                learn(other, "shoes", "other");
            }
            Files.move(folder.resolve("stale").resolve("other.stale"), file(folder));
            isLeftOut();
        }

        @Test
        void becauseAnotherVersionWroteItIsLeftOut() {
            try (StaleCache<String, String> later = builder("search", 2).build()) {
                learn(later, "shoes", "in a shape to come");
            }
            isLeftOut();
        }

        @Test
        void becauseItIsFromTheFutureIsLeftOut() {
            leave("shoes", "old");
            time.stepClock(Duration.ofDays(-1));
            isLeftOut();
        }
    }

    @Test
    void aClockThatIsALittleBehindMakesNoAnswerNegativelyOld() {
        leave("shoes", "old");
        time.stepClock(Duration.ofMinutes(-1));

        assertThat(afterRestart("shoes")).isEqualTo(new Outcome.Stale<>("old", Duration.ZERO, DOWN));
    }

    @Test
    void onlyTheOwnerMayReadTheFileAndNothingIsLeftBeside(@TempDir Path folder) throws IOException {
        store = StaleStore.directory(folder.resolve("stale"), MAX_BYTES);
        leave("shoes", "old");
        Path unfinished = Files.createFile(folder.resolve("stale").resolve("search.7.tmp"));
        Files.setLastModifiedTime(unfinished, FileTime.from(Instant.EPOCH));
        leave("shoes", "new");

        try (Stream<Path> files = Files.list(folder.resolve("stale"))) {
            assertThat(files)
                    .hasSize(1)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    /** A disk that is full and cannot be read either. */
    private static final class BrokenStore implements StaleStore {

        @Override
        public void save(String cache, byte[] copy) throws IOException {
            throw new IOException("no space left on device");
        }

        @Override
        public Optional<byte[]> load(String cache) throws IOException {
            throw new IOException("input/output error");
        }

        @Override
        public int maxBytes() {
            return MAX_BYTES;
        }
    }
}
