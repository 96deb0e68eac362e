// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.format.Tally;
import dev.gatehouse.backup.source.BackupSource;
import dev.gatehouse.backup.source.Facts;
import dev.gatehouse.backup.source.Invariant;
import dev.gatehouse.backup.source.Part;
import dev.gatehouse.backup.source.RestoredDatabase;
import dev.gatehouse.backup.source.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One small file as a source, for tests that care for what happens to it and not for what is in it. */
final class FakeSource implements BackupSource {

    volatile byte[] content;
    volatile Optional<String> failure = Optional.empty();
    volatile List<String> complaints = List.of();
    volatile List<String> drift = List.of();

    /** What happens while a snapshot is taken. */
    volatile Runnable delay = () -> {};

    /** Further facts that restored files tell. */
    volatile Map<String, String> told = Map.of();

    FakeSource(byte[] content) {
        this.content = content;
    }

    @Override
    public String name() {
        return "shop";
    }

    @Override
    public Snapshot snapshot(Path work) throws IOException, SQLException {
        if (failure.isPresent()) {
            throw new SQLException(failure.get());
        }
        delay.run();
        Path file = Files.write(work.resolve("any-name"), content);
        return new Copy(List.of(Part.file("data.bin", file)), facts(content));
    }

    private record Copy(List<Part> parts, Facts facts) implements Snapshot {
        @Override
        public String engine() {
            return "fake 1";
        }

        @Override
        public List<Invariant> invariants() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    private static Facts facts(byte[] content) {
        return Facts.of(Map.of("bytes", String.valueOf(content.length), "sha256", Tally.sha256Hex(content)));
    }

    @Override
    public List<String> drift(Facts facts) {
        return drift;
    }

    @Override
    public RestoredDatabase open(Path folder, Facts recorded) {
        return new Restored(Optional.of(folder.resolve("data.bin")), complaints, told);
    }

    @Override
    public RestoredDatabase openEmpty(Path folder, Facts recorded) {
        return new Restored(Optional.empty(), List.of(), Map.of());
    }

    private record Restored(Optional<Path> file, List<String> complaints, Map<String, String> told)
            implements RestoredDatabase {
        @Override
        public String url() {
            return file.map(Path::toString).orElse("empty");
        }

        @Override
        public Connection connect() {
            throw new UnsupportedOperationException("a file has no connection");
        }

        @Override
        public Facts facts(List<Invariant> invariants) {
            try {
                Map<String, String> values = new TreeMap<>(told);
                if (file.isPresent()) {
                    values.putAll(
                            FakeSource.facts(Files.readAllBytes(file.get())).values());
                }
                return Facts.of(values);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {}
    }
}
