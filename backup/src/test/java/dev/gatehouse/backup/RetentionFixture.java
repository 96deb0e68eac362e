// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.backup.contract.MemoryStore;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.format.Layout;
import dev.gatehouse.backup.format.Vault;
import dev.gatehouse.backup.retention.Approval;
import dev.gatehouse.backup.retention.RetentionPolicy;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.HighWaterMark;
import dev.gatehouse.testing.ManualTime;
import dev.gatehouse.testing.RecordingAuditSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Five days apart a backup, each third drilled; retention has credentials of its own. */
abstract class RetentionFixture {

    static final Actor ANN = Actor.account("ann");
    static final Duration DAY = Duration.ofDays(1);
    static final Duration STEP = Duration.ofDays(5);
    static final RetentionPolicy POLICY =
            RetentionPolicy.standard().covering(RetentionPolicy.LEAST, STEP).generations(0, 0, 0, 0);

    @TempDir
    Path folder;

    final ManualTime time = new ManualTime();
    final FakeSource source = new FakeSource("x".getBytes(StandardCharsets.UTF_8));
    final MemoryStore store = new MemoryStore();
    final RecordingAuditSink audit = new RecordingAuditSink();
    final List<String> ids = new ArrayList<>();
    Backups backups;
    Retention retention;

    @BeforeEach
    void open() throws IOException {
        // The writer cannot delete: only retention's own handle can.
        open(BackupStore.appendOnly(store));
    }

    /** With the key file as it is now. */
    final void open(BackupStore writer) throws IOException {
        backups = Backups.builder()
                .source(source)
                .store(writer)
                .retention(POLICY, store)
                .keys(KeyProvider.file(keyFile()))
                .highWaterMark(HighWaterMark.directory(folder.resolve("marks")))
                .workFolder(folder.resolve("work"))
                .audit(audit)
                .ticker(time)
                .clock(time)
                .build();
        retention = backups.retention().orElseThrow();
    }

    Path keyFile() {
        return folder.resolve("backup.key");
    }

    Vault vault() throws IOException {
        return new Vault(store, KeyProvider.file(keyFile()), new SecureRandom(), new Layout("shop"));
    }

    @AfterEach
    void close() {
        backups.close();
    }

    /** One backup in five days, and a drill of each third. */
    void steps(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            ids.add(backups.backUp().id());
            if (ids.size() % 3 == 0) {
                assertThat(backups.drill(Optional.empty()).succeeded()).isTrue();
            }
            time.advance(STEP);
        }
    }

    boolean isStored(String backup) {
        return store.objects.keySet().stream().anyMatch(name -> name.contains("/manifests/") && name.contains(backup));
    }

    boolean hasObjects(String backup) {
        return store.objects.keySet().stream().anyMatch(name -> name.contains(backup));
    }

    List<String> alarms() {
        backups.runner().refresh();
        return backups.runner().state().holdings().alarms();
    }

    List<String> approved() throws IOException {
        Approval approval = retention.approve(retention.plan(), ANN);
        assertThat(approval).isInstanceOf(Approval.Approved.class);
        return ((Approval.Approved) approval).backups();
    }
}
