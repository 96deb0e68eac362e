// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Some bytes as a source, which are copied to the work folder first and say their number and hash about themselves. */
final class BytesSource implements BackupSource {

    static final String PART = "data.bin";

    private final String part;
    private final byte[] content;

    BytesSource(byte[] content) {
        this(PART, content);
    }

    BytesSource(String part, byte[] content) {
        this.part = part;
        this.content = content.clone();
    }

    @Override
    public String name() {
        return "shop";
    }

    @Override
    public Snapshot snapshot(Path work) throws IOException {
        return new Copy(part, Files.write(work.resolve("copy"), content), facts(content));
    }

    @Override
    public RestoredDatabase open(Path folder, Facts recorded) throws IOException {
        return new Restored(folder, facts(Files.readAllBytes(folder.resolve(part))));
    }

    @Override
    public RestoredDatabase openEmpty(Path folder, Facts recorded) {
        return new Restored(folder, Facts.of(Map.of()));
    }

    private static Facts facts(byte[] content) {
        return Facts.of(Map.of("bytes", content.length + " of hash " + Arrays.hashCode(content)));
    }

    private record Copy(String part, Path file, Facts facts) implements Snapshot {
        @Override
        public String engine() {
            return "bytes 1";
        }

        @Override
        public List<Part> parts() {
            try {
                return List.of(Part.file(part, file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public List<Invariant> invariants() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    private record Restored(Path folder, Facts facts) implements RestoredDatabase {
        @Override
        public String url() {
            return folder.toString();
        }

        @Override
        public Connection connect() {
            throw new UncheckedIOException(new IOException("bytes have no connection"));
        }

        @Override
        public Facts facts(List<Invariant> invariants) {
            return facts;
        }

        @Override
        public List<String> complaints() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
