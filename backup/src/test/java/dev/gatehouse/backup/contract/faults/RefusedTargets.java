// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.retention.Approval;
import dev.gatehouse.testing.RecordingAuditSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people may ask by mistake, and would rue. */
interface RefusedTargets extends FaultRows {

    @Test
    default void restoresToNoPlaceWhereSomethingIs() throws Exception {
        FaultBench bench = bench();
        Path full = Files.createDirectory(bench.folder.resolve("full"));
        Path file = Files.writeString(full.resolve("precious"), "here before");
        Path link = Files.createSymbolicLink(
                bench.folder.resolve("link"), Files.createDirectory(bench.folder.resolve("empty")));
        for (Path place : List.of(full, file, link)) {
            assertRefused(place);
        }
        assertThat(file).hasContent("here before");
        assertThat(bench.folder.resolve("empty")).isEmptyDirectory();
        bench.count("target not empty, not a folder, or a link", 3, "refused, what was there is untouched");
    }

    @Test
    default void restoresIntoNoStore() throws Exception {
        FaultBench bench = bench();
        Optional<String> store = bench.kind.storeIn(bench.folder.resolve("store"));
        if (store.isPresent()) {
            assertRefused(Path.of(store.get()).resolve("v1"));
            assertRefused(Path.of(store.get()).resolve("new/place"));
            bench.count("target within the store", 2, "refused, what was there is untouched");
        }
        bench.assertRestores(bench.backup);
    }

    private void assertRefused(Path place) throws Exception {
        FaultBench bench = bench();
        try (Backups backups = bench.backups()) {
            assertThat(catchThrowable(() -> backups.restore(bench.backup, place)))
                    .as("%s", place)
                    .isInstanceOf(BackupException.TargetRefused.class)
                    .hasMessageContaining(bench.backup);
        }
        Local.assertNoCopies(bench.folder, "refused target");
    }

    @Test
    default void neverRemovesTheLastGoodOne() throws Exception {
        FaultBench bench = bench();
        RecordingAuditSink audit = new RecordingAuditSink();
        try (Backups backups = bench.builder().audit(audit).build()) {
            assertThat(backups.drill(Optional.empty()).succeeded()).isTrue();
            assertThat(backups.retention().orElseThrow().remove(bench.backup, "in the way", Actor.account("ann")))
                    .isInstanceOf(Approval.Refused.class);
        }
        assertThat(audit.events()).anySatisfy(event -> {
            assertThat(event.action()).isEqualTo("backup.removal.refused");
            assertThat(event.details()).containsEntry("backups", bench.backup);
        });
        bench.assertRestores(bench.backup);
        bench.count("removal of the last good one", 1, "refused, audited");
    }
}
