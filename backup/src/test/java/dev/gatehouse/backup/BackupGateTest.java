// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.HealthStatus;
import dev.gatehouse.HealthStatus.State;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.backup.Run.Kind;
import dev.gatehouse.backup.contract.MemoryStore;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.context.Deadline;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.testing.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupGateTest {

    @TempDir
    Path folder;

    final ManualTime time = new ManualTime();
    final MemoryStore store = new MemoryStore();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final FakeSource source = new FakeSource("content".getBytes(StandardCharsets.UTF_8));
    Backups backups;

    @BeforeEach
    void open() throws IOException {
        backups = builder().drillProbe(new FakeProbe()).build();
    }

    @AfterEach
    void close() {
        backups.close();
    }

    private BackupsBuilder builder() throws IOException {
        return Backups.builder()
                .source(source)
                .store(store)
                .keys(KeyProvider.file(folder.resolve("backup.key")))
                .workFolder(folder.resolve("work"))
                .backUpEvery(Duration.ofHours(1))
                .meters(meters)
                .ticker(time)
                .clock(time);
    }

    private Finding finding(String requirement) throws Exception {
        return new BackupGate(backups)
                .readiness().stream()
                        .filter(check -> check.requirement().equals(requirement))
                        .findFirst()
                        .orElseThrow()
                        .probe()
                        .call();
    }

    private HealthStatus health() throws Exception {
        return new BackupGate(backups).health().get(0).probe().call();
    }

    @Test
    void aWatchingGateJudgesTheStoreAndBacksNothingUp() throws Exception {
        backups.backUp();
        time.advance(Duration.ofHours(3));
        try (Backups second = builder().build();
                BackupGate watching = BackupGate.watching(second)) {
            watching.start();
            assertThat(second.list()).hasSize(1);
            watching.drain(Deadline.after(Duration.ofSeconds(5)));
            assertThat(second.list()).hasSize(1);
        }
    }

    @Nested
    class C1 {

        @Test
        void isVerifiedByAFreshBackup() throws Exception {
            backups.backUp();
            assertThat(finding("C1")).isInstanceOf(Finding.Verified.class);
        }

        @Test
        void failsWithoutABackup() throws Exception {
            assertThat(finding("C1")).isInstanceOf(Finding.Failed.class);
        }

        @Test
        void failsWhenTheNewestIsLate() throws Exception {
            backups.backUp();
            time.advance(Duration.ofHours(2).plusSeconds(1));
            assertThat(finding("C1")).isInstanceOf(Finding.Failed.class);
        }

        @Test
        void failsWhenTheLastRunFailed() throws Exception {
            backups.backUp();
            source.failure = Optional.of("table is locked");
            backups.backUp();
            assertThat(finding("C1")).isInstanceOf(Finding.Failed.class);
        }

        @Test
        void failsWithoutASchedule() throws Exception {
            backups = Backups.builder()
                    .source(source)
                    .store(store)
                    .keys(KeyProvider.file(folder.resolve("backup.key")))
                    .workFolder(folder.resolve("work"))
                    .build();
            backups.backUp();
            assertThat(finding("C1")).isInstanceOf(Finding.Failed.class);
        }

        @Test
        void isUnknownWhenTheStoreDoesNotAnswer() throws Exception {
            store.outage = Optional.of("timeout");
            assertThat(finding("C1")).isInstanceOf(Finding.Unknown.class);
        }
    }

    @Nested
    class C3 {

        @Test
        void isUnknownWithoutADrill() throws Exception {
            backups.backUp();
            assertThat(finding("C3")).isInstanceOf(Finding.Unknown.class);
        }

        @Test
        void isVerifiedByADrillThatPassed() throws Exception {
            backups.backUp();
            backups.drill(Optional.empty());
            time.advance(Duration.ofDays(60));
            assertThat(finding("C3")).isInstanceOf(Finding.Verified.class);
            assertThat(finding("C6")).isInstanceOf(Finding.Verified.class);
        }

        @Test
        void isStaleAfterSixtyDays() throws Exception {
            backups.backUp();
            backups.drill(Optional.empty());
            time.advance(Duration.ofDays(60).plusSeconds(1));
            assertThat(finding("C3")).isInstanceOf(Finding.Stale.class);
        }

        @Test
        void failsWhenTheLastDrillFailed() throws Exception {
            backups.backUp();
            backups.drill(Optional.empty());
            time.advance(Duration.ofDays(1));
            source.complaints = java.util.List.of("migration 2 failed");
            backups.drill(Optional.empty());
            assertThat(finding("C3")).isInstanceOf(Finding.Failed.class);
        }

        @Test
        void isUnknownWhenNothingBootedTheApplication() throws Exception {
            backups = builder().build();
            backups.backUp();
            backups.drill(Optional.empty());
            assertThat(finding("C3")).isInstanceOf(Finding.Unknown.class);
        }

        @Test
        void failsWhenTheProvenBackupIsGone() throws Exception {
            Run backup = backups.backUp();
            backups.drill(Optional.empty());
            store.objects.keySet().removeIf(name -> name.contains("/manifests/") && name.contains(backup.id()));
            assertThat(finding("C3")).isInstanceOf(Finding.Failed.class);
        }
    }

    @Nested
    class Health {

        @Test
        void isUpAfterABackup() throws Exception {
            backups.backUp();
            assertThat(health().state()).isEqualTo(State.UP);
        }

        @Test
        void neverTakesTheInstanceOutOfService() {
            assertThat(new BackupGate(backups).health()).noneMatch(check -> check.required());
        }

        @Test
        void noticesThatTheStoreIsGone() throws Exception {
            backups.backUp();
            store.outage = Optional.of("access denied");
            backups.timer().tick();
            time.advance(Timetable.FRESH);
            backups.timer().tick();
            assertThat(health()).isEqualTo(HealthStatus.down("the store could not be read: access denied"));
        }

        @Test
        void noticesAMissedBackupByItsAge() throws Exception {
            backups.backUp();
            source.failure = Optional.of("disk full");
            time.advance(Duration.ofHours(3));
            backups.runner().refresh();
            assertThat(health().state()).isEqualTo(State.DOWN);
            assertThat(health().detail()).contains("due every PT1H");
        }

        @Test
        void noticesThatTheTimetableStandsStill() throws Exception {
            backups.backUp();
            time.advance(Duration.ofMinutes(16));
            assertThat(health().detail()).contains("last read");
        }

        @Test
        void noticesTheWrongKey() throws Exception {
            Run backup = backups.backUp();
            backups = builder()
                    .keys(KeyProvider.file(folder.resolve("other.key")))
                    .build();
            backups.runner().refresh();
            assertThat(health().state()).isEqualTo(State.DOWN);
            assertThat(health().detail()).contains(backup.id(), "keys at hand");
            assertThat(finding("C5")).isInstanceOf(Finding.Failed.class);
        }
    }

    @Nested
    class TheSchedule {

        private void tickAndWait() throws InterruptedException {
            backups.timer().tick();
            // Runs one after the other: when this one was refused or has ended, so has what the tick submitted.
            backups.runner().await(Ask.of(Run.Kind.DRILL, Optional.of("0".repeat(32))));
        }

        private long made() {
            return store.objects.keySet().stream()
                    .filter(name -> name.contains("/manifests/"))
                    .count();
        }

        @Test
        void countsFromTheNewestBackupInTheStore() throws Exception {
            tickAndWait();
            assertThat(made()).isEqualTo(1);
            backups = builder().build();
            time.advance(Duration.ofMinutes(59));
            tickAndWait();
            assertThat(made()).isEqualTo(1);
            time.advance(Duration.ofMinutes(1));
            tickAndWait();
            assertThat(made()).isEqualTo(2);
        }

        @Test
        void triesAFailedBackupAgainButNotAtOnce() throws Exception {
            source.failure = Optional.of("locked");
            tickAndWait();
            source.failure = Optional.empty();
            time.advance(Duration.ofMinutes(5));
            tickAndWait();
            assertThat(made()).isZero();
            time.advance(Duration.ofMinutes(1));
            tickAndWait();
            assertThat(made()).isEqualTo(1);
        }

        @Test
        void doesNotWaitForAClockThatWasSetBack() throws Exception {
            tickAndWait();
            time.stepClock(Duration.ofDays(-30));
            tickAndWait();
            assertThat(made()).isEqualTo(2);
        }
    }

    @Test
    void refusesMoreRunsThanTheQueueHolds() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        backups = builder()
                .drillProbe((database, work) -> {
                    working.countDown();
                    goOn.await(30, TimeUnit.SECONDS);
                    throw new IllegalStateException("enough");
                })
                .build();
        backups.backUp();
        assertThat(backups.submitDrill()).isInstanceOf(Submission.Accepted.class);
        assertThat(working.await(30, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < RunQueue.ROOM; i++) {
            assertThat(backups.submitBackup()).isInstanceOf(Submission.Accepted.class);
        }
        assertThat(backups.submitBackup()).isInstanceOf(Submission.Refused.class);
        assertThat(backups.list())
                .filteredOn(run -> run.status() == Run.Status.RUNNING)
                .hasSize(1 + RunQueue.ROOM);
        assertThat(meters.get("gatehouse.backup.refused").counter().count()).isEqualTo(1);
        goOn.countDown();
    }

    @Test
    void tellsAgeAndSizeToMetrics() throws Exception {
        assertThat(meters.get("gatehouse.backup.age").timeGauge().value(TimeUnit.SECONDS))
                .isNaN();
        Run run = backups.backUp();
        time.advance(Duration.ofMinutes(2));
        assertThat(meters.get("gatehouse.backup.age").timeGauge().value(TimeUnit.SECONDS))
                .isEqualTo(120);
        assertThat(meters.get("gatehouse.backup.size").gauge().value()).isEqualTo((double) run.bytes());
        assertThat(meters.get("gatehouse.backup.runs")
                        .tags("kind", "backup", "outcome", "succeeded")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void refusesWrongSettingsAllAtOnce() {
        assertThatThrownBy(() -> Backups.builder()
                        .backUpEvery(Duration.ofSeconds(1))
                        .chunkBytes(3)
                        .build())
                .hasMessageContainingAll(
                        "backUpEvery was PT1S", "chunkBytes was 3", "source is missing", "keys are missing");
    }

    @Test
    void makesABackupAndDrillsItFromItsPanel() throws Exception {
        for (Panel.Action action : new BackupGate(backups).panels().get(0).actions()) {
            assertThat(action.handler().run(Actor.account("ann"))).contains("shows among the runs");
        }
        // Behind both.
        backups.backUp();
        assertThat(backups.list()).filteredOn(run -> run.kind() == Kind.DRILL).hasSize(1);
        assertThat(backups.list()).filteredOn(run -> run.kind() == Kind.BACKUP).hasSize(2);
    }

    @Test
    void showsRunsInItsPanel() throws Exception {
        backups.backUp();
        assertThat(new BackupGate(backups).panels().get(0).tables().get(0).rows())
                .hasSize(1);
    }
}
