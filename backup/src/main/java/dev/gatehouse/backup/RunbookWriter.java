// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.format.Layout;
import dev.gatehouse.backup.runbook.Runbook;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the runbook down after each drill that passed, so that it lies where the backups are when nothing else is left. */
record RunbookWriter(Settings settings) {

    private static final Logger LOG = LoggerFactory.getLogger(RunbookWriter.class);

    /** Never throws: what cannot be written is logged, and a drill has passed all the same. */
    void write(ProvenBackup proven, String drill) {
        settings.operations().runbook().ifPresent(order -> {
            String source = settings.source().name();
            Runbook runbook = Runbook.of(
                    order.says(),
                    source,
                    Optional.of(proven),
                    settings.surroundings().clock().instant());
            attempt("the store", () -> put(runbook, new Layout(source).runbook(proven.sequence(), drill)));
            order.folders().forEach(folder -> attempt(folder.toString(), () -> write(runbook, folder)));
        });
    }

    private void put(Runbook runbook, ObjectName name) throws IOException {
        byte[] text = runbook.markdown().getBytes(StandardCharsets.UTF_8);
        BackupStore.Put put = settings.store().putIfAbsent(name, out -> out.write(text));
        if (put == BackupStore.Put.EXISTS) {
            throw new IOException("there is one of that name already");
        }
    }

    private static void write(Runbook runbook, Path folder) throws IOException {
        Files.createDirectories(folder);
        runbook.write(folder);
    }

    private static void attempt(String where, Writing writing) {
        try {
            writing.write();
        } catch (IOException | RuntimeException e) {
            LOG.warn("the runbook could not be written into {}: {}", where, e.toString());
        }
    }

    private interface Writing {
        void write() throws IOException;
    }
}
