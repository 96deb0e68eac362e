// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.contract.DelegatingStore;
import dev.gatehouse.backup.contract.MemoryStore;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.guard.DestructiveGuard;
import dev.gatehouse.backup.retention.RetentionPolicy;
import dev.gatehouse.backup.runbook.RunbookSettings;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.Place;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.testing.ManualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationsReadinessTest {

    @TempDir
    Path folder;

    final ManualTime time = new ManualTime();
    final MemoryStore store = new MemoryStore();
    Backups backups;

    @BeforeEach
    void open() throws IOException {
        backups = configured().build();
    }

    private BackupsBuilder bare() throws IOException {
        return Backups.builder()
                .source(new FakeSource(new byte[] {1}))
                .store(store)
                .keys(KeyProvider.file(folder.resolve("backup.key")))
                .workFolder(folder.resolve("work"))
                .backUpEvery(Duration.ofDays(1))
                .ticker(time)
                .clock(time);
    }

    private BackupsBuilder configured() throws IOException {
        return bare().retention(RetentionPolicy.standard(), store)
                .guard(DestructiveGuard.builder(Optional::empty).build())
                .runbook(runbook(Duration.ofHours(1)));
    }

    private static RunbookSettings runbook(Duration promised) {
        return new RunbookSettings(
                "shop",
                new RunbookSettings.Places("s", "k", "j", ""),
                promised,
                Duration.ofDays(1),
                List.of("ann"),
                List.of());
    }

    @AfterEach
    void close() {
        backups.close();
    }

    private void backUpAndDrill() throws InterruptedException {
        assertThat(backups.backUp().succeeded()).isTrue();
        assertThat(backups.drill(Optional.empty()).succeeded()).isTrue();
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

    @Nested
    class C2 {

        @Test
        void isVerifiedByAPolicyAndALastGoodBackup() throws Exception {
            backUpAndDrill();
            assertThat(finding("C2")).isInstanceOf(Finding.Verified.class);
        }

        @Test
        void failsWithoutAPolicy() throws Exception {
            backups = bare().build();
            backUpAndDrill();
            assertThat(finding("C2")).isInstanceOf(Finding.Failed.class);
        }

        @Test
        void failsWhenBackupsAreRarerThanTheRecoveryPoint() throws Exception {
            backups = configured().backUpEvery(Duration.ofDays(2)).build();
            backUpAndDrill();
            assertThat(finding("C2")).isInstanceOf(Finding.Failed.class);
        }

        @Test
        void failsWhenABackupWasMissed() throws Exception {
            backUpAndDrill();
            time.advance(Duration.ofDays(3));
            backups.backUp();
            assertThat(finding("C2")).isInstanceOf(Finding.Failed.class);
        }

        @Test
        void isUnknownAsLongAsNothingWasDrilled() throws Exception {
            backups.backUp();
            assertThat(finding("C2")).isInstanceOf(Finding.Unknown.class);
        }
    }

    @Nested
    class C4 {

        /** What is stored, somewhere else. */
        private static final class Elsewhere extends DelegatingStore {

            Elsewhere(MemoryStore memory) {
                super(memory);
            }

            @Override
            public Place place() {
                return new Place("bucket", "s3", "bucket at example", Optional.of("eu-north-1"));
            }
        }

        @Test
        void failsWhenAllLiesInOneDirectory() throws Exception {
            backups =
                    bare().store(BackupStore.directory(folder.resolve("store"))).build();
            assertThat(finding("C4")).isInstanceOf(Finding.Failed.class);
        }

        @Test
        void isUnknownWhenNobodySaysWhereTheApplicationRuns() throws Exception {
            backups = bare().store(new Elsewhere(store)).build();
            assertThat(finding("C4")).isInstanceOf(Finding.Unknown.class);
        }

        @Test
        void isVerifiedByACopyInAnotherRegionThatIsWell() throws Exception {
            backups = bare().store(new Elsewhere(store))
                    .primaryRegion("eu-central-1")
                    .build();
            assertThat(finding("C4")).isInstanceOf(Finding.Failed.class);
            backups.checkStores();
            assertThat(finding("C4")).isInstanceOf(Finding.Verified.class);
        }

        @Test
        void failsWhenThatRegionIsTheApplicationsOwnOrTheCopyIsAway() throws Exception {
            Elsewhere elsewhere = new Elsewhere(store);
            backups = bare().store(elsewhere).primaryRegion("eu-north-1").build();
            backups.checkStores();
            assertThat(finding("C4")).isInstanceOf(Finding.Failed.class);
            backups = bare().store(elsewhere).primaryRegion("eu-central-1").build();
            store.outage = Optional.of("timeout");
            backups.checkStores();
            assertThat(finding("C4")).isInstanceOf(Finding.Failed.class);
        }
    }

    @Nested
    class C8 {

        @Test
        void isVerifiedByAGuardAndSomethingToGoBackTo() throws Exception {
            assertThat(finding("C8")).isInstanceOf(Finding.Unknown.class);
            backUpAndDrill();
            assertThat(finding("C8")).isInstanceOf(Finding.Verified.class);
        }

        @Test
        void failsWithoutAGuardAndWithALiftedOne() throws Exception {
            backups = bare().build();
            assertThat(finding("C8")).isInstanceOf(Finding.Failed.class);
            backups = bare().guard(DestructiveGuard.builder(Optional::empty)
                            .lift("migration", "in a hurry")
                            .build())
                    .build();
            assertThat(finding("C8")).isInstanceOf(Finding.Failed.class);
        }
    }

    @Nested
    class C9 {

        @Test
        void isVerifiedByMeasuredTimesWithinThePromise() throws Exception {
            assertThat(finding("C9")).isInstanceOf(Finding.Unknown.class);
            backUpAndDrill();
            assertThat(finding("C9")).isInstanceOf(Finding.Verified.class);
        }

        @Test
        void isStaleAfterSixtyDays() throws Exception {
            backUpAndDrill();
            time.advance(Duration.ofDays(60).plusSeconds(1));
            assertThat(finding("C9")).isInstanceOf(Finding.Stale.class);
        }

        @Test
        void failsWithoutARunbookAndWhenARestoreTakesTooLong() throws Exception {
            backups = bare().build();
            assertThat(finding("C9")).isInstanceOf(Finding.Failed.class);
            backups = bare().drillProbe((database, work) -> {
                        time.advance(Duration.ofHours(1));
                        return new FakeProbe().boot(database, work);
                    })
                    .probeTimeout(Duration.ofMinutes(1))
                    .runbook(runbook(Duration.ofMinutes(30)))
                    .build();
            backUpAndDrill();
            assertThat(finding("C9")).isInstanceOf(Finding.Failed.class);
        }
    }

    @Test
    void pointInTimeRecoveryIsNeverSilentlyGreen() throws Exception {
        backUpAndDrill();
        assertThat(finding("C7")).isInstanceOf(Finding.Unknown.class);
    }
}
