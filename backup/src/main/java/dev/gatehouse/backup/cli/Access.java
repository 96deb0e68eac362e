// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.cli;

import dev.gatehouse.backup.Archive;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.HighWaterMark;
import dev.gatehouse.backup.store.StoreFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Opens the store, the key and the source that the options name. */
record Access(Options options, Map<String, String> environment, Supplier<Optional<char[]>> prompt) {

    /** What every command that opens a store knows. */
    static final Set<String> OPTIONS = Set.of("store", "source", "marks");

    Archive open() throws UsageException, IOException {
        BackupStore store = StoreFactory.open(options.need("store"), environment);
        KeyProvider keys = new CommandKeys(options, prompt).open();
        Optional<String> marks = options.find("marks");
        HighWaterMark seen = marks.isPresent() ? marks(Path.of(marks.get())) : HighWaterMark.inMemory();
        return Archive.open(store, keys, source(store), seen);
    }

    private static HighWaterMark marks(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("backup.marks: " + folder + " is not a directory");
        }
        return HighWaterMark.directory(folder);
    }

    private String source(BackupStore store) throws UsageException, IOException {
        Optional<String> named = options.find("source");
        List<String> there = Archive.sources(store);
        if (named.isPresent() ? there.contains(named.get()) : there.size() == 1) {
            return named.orElseGet(() -> there.get(0));
        }
        if (there.isEmpty()) {
            throw new IOException("backup.store: there are no backups here; is it another place?");
        }
        throw new UsageException("--source must be one of " + there);
    }
}
