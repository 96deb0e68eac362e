// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.catalogue.Standings;
import dev.gatehouse.backup.contract.MemoryStore;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.retention.Candidate;
import dev.gatehouse.backup.schedule.Expectations;
import dev.gatehouse.backup.schedule.Schedule;
import dev.gatehouse.testing.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignsTest {

    @TempDir
    Path folder;

    final ManualTime time = new ManualTime();
    final MemoryStore store = new MemoryStore();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final FakeSource source = new FakeSource(noise(100_000));
    Backups backups;

    @BeforeEach
    void open() throws IOException {
        backups = builder().build();
    }

    private BackupsBuilder builder() throws IOException {
        return Backups.builder()
                .source(source)
                .store(store)
                .keys(KeyProvider.file(folder.resolve("backup.key")))
                .workFolder(folder.resolve("work"))
                .backUp(Schedule.cron("0 3 * * *", ZoneOffset.UTC))
                .meters(meters)
                .ticker(time)
                .clock(time);
    }

    @AfterEach
    void close() {
        backups.close();
    }

    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(7).nextBytes(noise);
        return noise;
    }

    private void daily(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            backups.backUp();
            time.advance(Duration.ofDays(1));
        }
    }

    private List<Sign.Kind> signs() {
        backups.runner().refresh();
        return new Signs(backups.settings(), backups.runner().log())
                .of(backups.runner().state(), time.instant()).stream()
                        .map(Sign::kind)
                        .toList();
    }

    @Test
    void thereAreNoneWhenAllIsWell() throws Exception {
        daily(6);
        assertThat(signs()).isEmpty();
    }

    @Test
    void aMissedBackupIsLateForWhoeverReadsTheStore() throws Exception {
        daily(2);
        time.advance(Duration.ofDays(2));
        backups.close();
        backups = builder().build();
        assertThat(signs()).containsExactly(Sign.Kind.LATE);
        assertThat(meters.get("gatehouse.backup.signs")
                        .tag("kind", "late")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void aBackupOlderThanWasPromisedIsLateBeforeItsSecondTurn() throws Exception {
        backups = builder()
                .expectations(Expectations.standard().noOlderThan(Duration.ofHours(20)))
                .build();
        daily(1);
        assertThat(signs()).containsExactly(Sign.Kind.LATE);
    }

    @Test
    void aDrillThatWasNeverMadeIsLate() throws Exception {
        backups = builder().drillEvery(Duration.ofDays(2)).build();
        daily(4);
        assertThat(signs()).isEmpty();
        daily(1);
        assertThat(signs()).containsExactly(Sign.Kind.LATE);
    }

    @Test
    void aBackupThatIsHalfAsLargeIsTooSmall() throws Exception {
        daily(4);
        source.content = noise(40_000);
        daily(1);
        assertThat(signs()).containsExactly(Sign.Kind.SMALL);
    }

    @Test
    void anEmptyBackupIsTooSmallFromTheFirstOn() throws Exception {
        backups =
                builder().expectations(Expectations.standard().atLeast(50_000)).build();
        source.content = noise(10);
        daily(1);
        assertThat(signs()).containsExactly(Sign.Kind.SMALL);
        assertThat(backups.drill(Optional.empty()).succeeded()).isTrue();
        assertThat(backups.newestProven()).isEmpty();
        assertThat(Standings.of(backups.runner().state().holdings()))
                .allMatch(candidate -> candidate.standing() == Candidate.Standing.SUSPECT);
    }

    @Test
    void aBackupThatTakesManyTimesAsLongIsTooSlow() throws Exception {
        daily(4);
        source.content = noise(100_001);
        source.delay = () -> time.advance(Duration.ofMinutes(10));
        backups.backUp();
        assertThat(signs()).containsExactly(Sign.Kind.SLOW);
    }

    @Test
    void aBackupOfTheFutureIsAClockThatIsWrong() throws Exception {
        daily(1);
        time.stepClock(Duration.ofDays(-10));
        assertThat(signs()).containsExactly(Sign.Kind.SKEWED);
    }
}
