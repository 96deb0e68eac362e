// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.HighWaterMark;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed in the middle of making backups; what it had reported stays, what it had not is never listed. */
class KillTest {

    private static final byte[] CONTENT = new byte[200_000];

    static {
        new Random(3).nextBytes(CONTENT);
    }

    @TempDir
    Path folder;

    @Test
    void keepsWhatWasReportedAndListsNothingHalfWritten() throws Exception {
        killAndLook(2, new Random(5));
    }

    @Test
    @Tag("soak")
    void keepsWhatWasReportedHoweverOftenItIsKilled() throws Exception {
        killAndLook(40, new Random(6));
    }

    private void killAndLook(int times, Random random) throws Exception {
        List<String> reported = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            reported.addAll(runAndKill(3 + random.nextInt(4), random.nextInt(3_000_000)));
            assertNothingLost(reported);
        }
    }

    /** Lets a child report some backups, then kills it a moment later, at any point of the next one. */
    private List<String> runAndKill(int backups, int nanos) throws Exception {
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            List<String> reported = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reported.add(line);
                if (reported.size() == backups) {
                    spin(nanos);
                    // By its handle, for the process itself closes our end of the pipe and loses what is still in it.
                    child.toHandle().destroyForcibly();
                }
            }
            assertThat(child.waitFor()).as("killed by us").isEqualTo(137);
            return reported;
        } finally {
            child.destroyForcibly();
        }
    }

    private static void spin(int nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
    }

    private void assertNothingLost(List<String> reported) throws Exception {
        try (Backups backups = open(folder)) {
            backups.start();
            List<Run> runs = backups.list();
            assertThat(runs).allMatch(Run::succeeded).extracting(Run::id).containsAll(reported);
            assertThat(backups.runner().state().holdings().alarms()).isEmpty();
            for (Run run : runs) {
                Path target = Files.createTempDirectory(folder, "restored-");
                backups.restore(run.id(), target);
                assertThat(target.resolve("data.bin")).hasBinaryContent(CONTENT);
            }
            assertThat(Rig.isEmptyOrAbsent(folder.resolve("work"))).isTrue();
            assertThat(folder.resolve("store").resolve(".parts")).isEmptyDirectory();
        }
    }

    private static Backups open(Path folder) throws Exception {
        return Backups.builder()
                .source(new FakeSource(CONTENT))
                .store(BackupStore.directory(folder.resolve("store")))
                .keys(KeyProvider.file(folder.resolve("backup.key")))
                .highWaterMark(HighWaterMark.directory(folder.resolve("marks")))
                .workFolder(Files.createDirectories(folder.resolve("work")))
                .chunkBytes(30_000)
                .clock(InstantSource.system())
                .build();
    }

    /** Makes backups, one after the other, until it is killed. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) throws Exception {
            ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("ROOT"))
                    .setLevel(ch.qos.logback.classic.Level.OFF);
            Backups backups = open(Path.of(arguments[0]));
            while (true) {
                Run run = backups.backUp();
                if (run.succeeded()) {
                    System.out.println(run.id());
                    System.out.flush();
                }
            }
        }
    }
}
