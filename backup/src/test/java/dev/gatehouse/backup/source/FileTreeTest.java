// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileTreeTest {

    private static final Instant THEN = Instant.parse("2024-02-29T12:34:56.789123456Z");

    @TempDir
    Path folder;

    Path root;
    final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void plant() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        Files.createDirectories(root.resolve("images/empty"));
        file("images/größe 日本 🫖.txt", "tea", "rw-r-----");
        file("images/large.bin", "x".repeat(200_000), "rw-------");
        file("run", "#!/bin/sh\n", "rwxr-xr-x");
        file("nothing", "", "r--r--r--");
        file("a\nb\\c\"", "odd names are names", "rw-rw-rw-");
        Files.setPosixFilePermissions(root.resolve("images/empty"), PosixFilePermissions.fromString("r-xr-x---"));
        Files.setLastModifiedTime(root.resolve("images"), FileTime.from(THEN.minusSeconds(5)));
    }

    private void file(String name, String content, String mode) throws IOException {
        Path file = Files.writeString(root.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        Files.setLastModifiedTime(file, FileTime.from(THEN));
    }

    private byte[] archive() throws IOException {
        try (InputStream in = TreeStream.open(root, new TreeFacts(), warnings::add)) {
            return in.readAllBytes();
        }
    }

    private Path unpack(byte[] archive) throws IOException {
        Path target = folder.resolve("target");
        FileTree.unpack(Files.write(folder.resolve("archive"), archive), target);
        return target;
    }

    @Test
    void comesBackExactly() throws IOException {
        Path target = unpack(archive());
        assertThat(warnings).isEmpty();
        assertThat(described(target)).isEqualTo(described(root)).hasSize(8);
        assertThat(TreeFacts.read(target)).isEqualTo(TreeFacts.read(root));
    }

    /** A description of its own, by other means than those under test. */
    private static List<String> described(Path root) throws IOException {
        List<String> entries = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted().toList()) {
                String content = Files.isDirectory(path)
                        ? "folder"
                        : Arrays.hashCode(Files.readAllBytes(path)) + " " + Files.size(path);
                entries.add(root.relativize(path) + " " + content + " "
                        + PosixFilePermissions.toString(Files.getPosixFilePermissions(path)) + " "
                        + Files.getLastModifiedTime(path));
            }
        }
        return entries;
    }

    @Test
    void tellsLinksAndDoesNotFollowThem() throws IOException {
        Files.writeString(folder.resolve("secret"), "outside");
        Files.createSymbolicLink(root.resolve("link"), folder.resolve("secret"));
        Files.createSymbolicLink(root.resolve("images/up"), folder);
        Path target = unpack(archive());
        assertThat(warnings)
                .containsExactlyInAnyOrder(
                        "link is a link and was not followed", "images/up is a link and was not followed");
        assertThat(target.resolve("link")).doesNotExist();
        assertThat(target.resolve("images/up")).doesNotExist();
    }

    @Test
    void refusesWhatIsNeitherFileNorFolder() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThatThrownBy(FileTreeTest.this::archive).hasMessageContaining("pipe is neither a file nor a folder");
    }

    @Nested
    class WhileItIsRead {

        private byte[] changing(Path archive, int at, Change change) throws IOException {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            byte[] buffer = new byte[1_000];
            try (InputStream in = TreeStream.open(archive, new TreeFacts(), warnings::add)) {
                for (int n = in.read(buffer, 0, 1_000); n >= 0; n = in.read(buffer, 0, 1_000)) {
                    boolean now = read.size() < at && read.size() + n >= at;
                    read.write(buffer, 0, n);
                    if (now) {
                        change.make();
                    }
                }
            }
            return read.toByteArray();
        }

        @ParameterizedTest
        @ValueSource(strings = {"longer", "shorter", "rewritten", "replaced", "deleted"})
        void aFileThatChangesIsTold(String how) throws IOException {
            Path large = root.resolve("images/large.bin");
            byte[] archive = changing(root, 100_000, () -> change(large, how));
            assertThat(warnings).containsExactly("images/large.bin changed while it was read");
            assertThat(unpack(archive).resolve("images/large.bin")).isNotEmptyFile();
        }

        private void change(Path file, String how) throws IOException {
            if (how.equals("longer")) {
                Files.writeString(file, "x".repeat(300_000));
            } else if (how.equals("shorter")) {
                Files.writeString(file, "x".repeat(150_000));
            } else if (how.equals("rewritten")) {
                Files.writeString(file, "y".repeat(200_000));
            } else {
                Files.delete(file);
            }
            if (how.equals("replaced")) {
                Files.writeString(file, "x".repeat(200_000));
                Files.setLastModifiedTime(file, FileTime.from(THEN));
            }
        }

        @Test
        void aFileThatVanishesIsTold() throws IOException {
            unpack(changing(root, 100_000, () -> Files.delete(root.resolve("run"))));
            assertThat(warnings).containsExactly("run vanished while it was read");
        }

        @Test
        void aFolderThatBecomesALinkIsNotFollowed() throws IOException {
            Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
            Files.writeString(elsewhere.resolve("secret"), "outside");
            Path later = Files.createDirectory(root.resolve("z"));
            Path target = unpack(changing(root, 100_000, () -> {
                Files.delete(later);
                Files.createSymbolicLink(later, elsewhere);
            }));
            assertThat(target.resolve("z")).doesNotExist();
            assertThat(warnings).containsExactly("z is a link and was not followed");
        }

        private interface Change {
            void make() throws IOException;
        }
    }

    @Nested
    class AHostileArchive {

        private final ByteArrayOutputStream archive = new ByteArrayOutputStream();
        private int entries;

        AHostileArchive() {
            archive.writeBytes(FileTree.MAGIC);
        }

        private AHostileArchive folder(String path) {
            entries++;
            archive.writeBytes(new TreeEntry(FileTree.FOLDER, path, 0700, THEN).header());
            return this;
        }

        private AHostileArchive file(String path) {
            entries++;
            archive.writeBytes(new TreeEntry(FileTree.FILE, path, 0600, THEN).header());
            archive.writeBytes(new byte[] {0, 0, 0, 1, 'x', 0, 0, 0, 0, 0});
            return this;
        }

        private byte[] end() {
            archive.write(FileTree.END);
            archive.writeBytes(new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) entries});
            return archive.toByteArray();
        }

        private void assertRefused(byte[] bytes, String why) {
            assertThatThrownBy(() -> unpack(bytes))
                    .isInstanceOf(FileTree.Malformed.class)
                    .hasMessageContaining(why);
            assertThat(folder.resolve("evil")).doesNotExist();
            assertThat(folder.toFile().list()).containsOnly("root", "archive", "target");
        }

        @Test
        void thatIsSoundIsUnpacked() throws IOException {
            assertThat(unpack(folder("").folder("a").file("a/x").file("b").end())
                            .resolve("a/x"))
                    .hasContent("x");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "../evil",
                    "/tmp/evil",
                    "..",
                    ".",
                    "a/../../evil",
                    "a/..",
                    "a/./x",
                    "a//x",
                    "a/",
                    "/",
                    "b/x",
                    "a/x/y",
                    "x\0y"
                })
        void thatLeadsElsewhereIsRefused(String path) {
            assertRefused(folder("").folder("a").file("a/x").file(path).end(), "the archive");
        }

        /** First in their folder, where no order forbids them. */
        @ParameterizedTest
        @ValueSource(strings = {"..", "."})
        void thatNamesTheFolderItselfOrTheOneAboveIsRefused(String path) {
            assertRefused(folder("").folder(path).file(path + "/evil").end(), "a name that no file has");
        }

        @ParameterizedTest
        @CsvSource({"b,b", "b,a", "a/y,a/y"})
        void thatNamesSomethingTwiceOrOutOfOrderIsRefused(String one, String other) {
            assertRefused(folder("").folder("a").file(one).file(other).end(), "twice or out of order");
        }

        @Test
        void thatComesBackToAFolderItLeftIsRefused() {
            assertRefused(folder("").folder("a").file("b").file("a/x").end(), "outside");
        }

        @Test
        void thatPutsAFileInAFoldersPlaceIsRefused() {
            assertRefused(folder("").file("a").folder("a").file("a/x").end(), "twice or out of order");
        }

        @Test
        void withoutARootIsRefused() {
            assertRefusedWithoutTarget(file("a").end());
        }

        @Test
        void withFoldersTooDeepIsRefused() {
            folder("");
            String path = "d";
            for (int i = 0; i < 102; i++) {
                folder(path);
                path += "/d";
            }
            assertRefused(end(), "too deep");
        }

        @Test
        void withAModeThatSetsMoreIsRefused() {
            folder("");
            entries++;
            archive.writeBytes(new TreeEntry(FileTree.FILE, "suid", 04755, THEN).header());
            assertRefused(end(), "nine bits");
        }

        @Test
        void withABlockOfAnySizeIsRefused() {
            folder("");
            archive.writeBytes(new TreeEntry(FileTree.FILE, "bomb", 0600, THEN).header());
            archive.writeBytes(new byte[] {0x7f, -1, -1, -1});
            assertRefused(archive.toByteArray(), "block of");
        }

        @Test
        void thatGoesOnAfterItsEndIsRefused() {
            assertRefused(Arrays.copyOf(folder("").end(), 60), "goes on");
        }

        @Test
        void thatIsCutAnywhereIsRefused() throws IOException {
            byte[] whole = archive();
            Random random = new Random(11);
            for (int i = 0; i < 100; i++) {
                byte[] cut = Arrays.copyOf(whole, i < 50 ? i : random.nextInt(whole.length));
                Path target = folder.resolve("cut" + i);
                assertThatThrownBy(() -> FileTree.unpack(Files.write(folder.resolve("archive"), cut), target))
                        .isInstanceOf(FileTree.Malformed.class);
            }
        }

        private void assertRefusedWithoutTarget(byte[] bytes) {
            assertThatThrownBy(() -> unpack(bytes)).isInstanceOf(FileTree.Malformed.class);
            assertThat(folder.resolve("target")).doesNotExist();
        }

        @Test
        void withANameThatIsNotTextIsRefused() {
            byte[] bytes = folder("").file("ab").end();
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            bytes[text.indexOf("ab")] = (byte) 0xff;
            assertRefused(bytes, "UTF-8");
        }
    }
}
