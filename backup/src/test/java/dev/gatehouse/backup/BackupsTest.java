// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.backup.Run.Kind;
import dev.gatehouse.backup.Run.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {

    @TempDir
    Path folder;

    Rig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(folder);
    }

    @Nested
    class WhenABackupIsMade {

        @Test
        void tellsWhatItMade() throws Exception {
            rig.order(5);
            try (Backups backups = rig.backups()) {
                Run run = backups.backUp();

                assertThat(run.status()).as(run.detail()).isEqualTo(Status.SUCCEEDED);
                assertThat(run.kind()).isEqualTo(Kind.BACKUP);
                assertThat(run.backup()).contains(run.id());
                assertThat(run.startedAt()).isEqualTo(rig.time.instant());
                assertThat(run.bytes()).isPositive();
            }
        }

        @Test
        void restoresExactlyWhatWasCommitted() throws Exception {
            rig.order(5);
            rig.order(7);
            try (Backups backups = rig.backups()) {
                Run run = backups.backUp();
                rig.order(1000);

                Restored restored = backups.restore(run.id(), folder.resolve("restored"));

                assertThat(Rig.query(restored.target(), "SELECT SUM(amount) FROM orders"))
                        .isEqualTo("12");
                assertThat(restored.recoveryPoint()).isEqualTo(rig.time.instant());
            }
        }

        @Test
        void restoresFilesLargerThanAChunk() throws Exception {
            rig.execute("CREATE TABLE blobs AS SELECT X id, RANDOM_UUID()::VARCHAR || RANDOM_UUID() text"
                    + " FROM SYSTEM_RANGE(1, 2000)");
            try (Backups backups = rig.builder().chunkBytes(10_000).build()) {
                Run run = backups.backUp();
                backups.restore(run.id(), folder.resolve("restored"));

                assertThat(rig.stored().stream().filter(file -> file.toString().endsWith(".zst.aead")))
                        .hasSizeGreaterThan(10);
                assertThat(Rig.query(folder.resolve("restored"), "SELECT COUNT(DISTINCT text) FROM blobs"))
                        .isEqualTo("2000");
            }
        }

        @Test
        void storesNothingThatCanBeReadWithoutTheKey() throws Exception {
            rig.execute("CREATE TABLE secrets AS SELECT 'correct horse battery staple' phrase");
            try (Backups backups = rig.backups()) {
                backups.backUp();
            }
            for (Path file : rig.stored()) {
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("horse", "secrets", "SECRETS", "orders-total");
            }
        }

        @Test
        void leavesNoUnencryptedCopyBehind() throws Exception {
            try (Backups backups = rig.backups()) {
                backups.backUp();
                backups.drill(Optional.empty());
            }
            assertThat(Rig.files(rig.work)).isEmpty();
        }
    }

    @Nested
    class WhenRunsAreListed {

        @Test
        void listsThemNewestFirst() throws Exception {
            try (Backups backups = rig.backups()) {
                Run first = backups.backUp();
                rig.time.advance(Duration.ofHours(1));
                Run second = backups.backUp();
                rig.time.advance(Duration.ofHours(1));
                Run drill = backups.drill(Optional.of(first.id()));

                assertThat(backups.list()).extracting(Run::id).containsExactly(drill.id(), second.id(), first.id());
                assertThat(backups.run(second.id())).isPresent();
                assertThat(backups.run("0".repeat(32))).isEmpty();
            }
        }

        @Test
        void survivesARestart() throws Exception {
            List<Run> before;
            try (Backups backups = rig.backups()) {
                Run backup = backups.backUp();
                rig.time.advance(Duration.ofHours(1));
                backups.drill(Optional.of(backup.id()));
                before = backups.list();
            }
            try (Backups again = rig.backups()) {
                assertThat(again.list())
                        .extracting(Run::id, Run::kind, Run::status, Run::startedAt, Run::bytes)
                        .isEqualTo(before.stream()
                                .map(run -> new org.assertj.core.groups.Tuple(
                                        run.id(), run.kind(), run.status(), run.startedAt(), run.bytes()))
                                .toList());
                assertThat(again.list()).hasSize(2).allMatch(Run::succeeded);
            }
        }

        @Test
        void keepsTheOrderOfBackupsWhenTheClockIsSetBack() throws Exception {
            try (Backups backups = rig.backups()) {
                Run first = backups.backUp();
                rig.time.stepClock(Duration.ofDays(-3));
                Run second = backups.backUp();
                rig.order(9);
                Run drill = backups.drill(Optional.empty());

                assertThat(drill.backup()).contains(second.id());
                assertThat(backups.list()).extracting(Run::id).endsWith(second.id(), first.id());
            }
        }

        @Test
        void showsAFailedRunWithItsReason() throws Exception {
            rig.execute("DROP TABLE orders");
            try (Backups backups = rig.backups()) {
                Run run = backups.backUp();

                assertThat(run.status()).isEqualTo(Status.FAILED);
                assertThat(run.detail()).containsIgnoringCase("orders");
                assertThat(backups.list()).containsExactly(run);
                assertThat(rig.stored())
                        .extracting(file -> file.getFileName().toString())
                        .containsExactly("store.json");
            }
        }
    }

    @Nested
    class WhenATargetIsNotNew {

        @Test
        void refusesAFolderThatIsNotEmpty() throws Exception {
            Files.writeString(Files.createDirectory(folder.resolve("target")).resolve("mine"), "precious");
            try (Backups backups = rig.backups()) {
                Run run = backups.backUp();

                assertThatThrownBy(() -> backups.restore(run.id(), folder.resolve("target")))
                        .isInstanceOf(BackupException.TargetRefused.class)
                        .hasMessageContaining(run.id());
                assertThat(folder.resolve("target").resolve("mine")).hasContent("precious");
            }
        }

        @Test
        void refusesTheFolderOfTheSourceItself() throws Exception {
            try (Backups backups = rig.backups()) {
                Run run = backups.backUp();
                assertThatThrownBy(() -> backups.restore(run.id(), folder))
                        .isInstanceOf(BackupException.TargetRefused.class);
            }
        }

        @Test
        void refusesALink() throws Exception {
            Files.createDirectory(folder.resolve("elsewhere"));
            Files.createSymbolicLink(folder.resolve("link"), folder.resolve("elsewhere"));
            try (Backups backups = rig.backups()) {
                Run run = backups.backUp();
                assertThatThrownBy(() -> backups.restore(run.id(), folder.resolve("link")))
                        .isInstanceOf(BackupException.TargetRefused.class);
                assertThat(folder.resolve("elsewhere")).isEmptyDirectory();
            }
        }

        @Test
        void takesAnEmptyFolder() throws Exception {
            Path target = Files.createDirectory(folder.resolve("target"));
            try (Backups backups = rig.backups()) {
                backups.restore(backups.backUp().id(), target);
                assertThat(target).isNotEmptyDirectory();
            }
        }

        @Test
        void namesABackupThatIsNotThere() throws Exception {
            try (Backups backups = rig.backups()) {
                assertThatThrownBy(() -> backups.restore("f".repeat(32), folder.resolve("target")))
                        .isInstanceOf(BackupException.NotFound.class);
                assertThatThrownBy(() -> backups.restore("../../x", folder.resolve("target")))
                        .isInstanceOf(BackupException.NotFound.class);
            }
        }
    }
}
