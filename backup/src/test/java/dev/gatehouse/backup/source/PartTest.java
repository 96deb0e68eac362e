// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartTest {

    @TempDir
    Path folder;

    @Nested
    class OfAChildProcess {

        @Test
        void isItsOutput() throws IOException {
            assertThat(read("printf abc")).isEqualTo("abc");
        }

        @Test
        void failsAtItsEndWhenTheProcessFailed() {
            assertThatThrownBy(() -> read("printf abc; echo no such database >&2; exit 3"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("exited with 3")
                    .hasMessageContaining("no such database");
        }

        @Test
        void failsWhenTheProcessWasKilled() {
            assertThatThrownBy(() -> read("printf abc; kill -9 $$")).hasMessageContaining("exited with 137");
        }

        @Test
        void failsWhenTheProcessComplainsThoughItSaysThatAllIsWell() {
            assertThatThrownBy(() -> read("printf abc; echo something is odd >&2"))
                    .hasMessageContaining("something is odd");
        }

        @Test
        void passesOverWhatIsHarmless() throws IOException {
            Part part = part("printf abc; echo warning: old syntax >&2", line -> line.startsWith("warning:"));
            try (InputStream in = part.open()) {
                assertThat(in.readAllBytes())
                        .asString(StandardCharsets.US_ASCII)
                        .isEqualTo("abc");
            }
        }

        @Test
        void doesNotWaitForWhoeverComplainsWithoutEnd() {
            assertThatThrownBy(() -> read("head -c 1000000 /dev/zero | tr '\\0' 'x' >&2; exit 1"))
                    .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeBetween(8_000, 9_000));
        }

        @Test
        void endsTheProcessWhenItIsClosedEarly() throws Exception {
            InputStream in = part("echo $$; exec sleep 600", line -> false).open();
            byte[] line = new byte[20];
            int read = in.read(line);
            long pid = Long.parseLong(new String(line, 0, read, StandardCharsets.US_ASCII).strip());
            ProcessHandle child = ProcessHandle.of(pid).orElseThrow();
            in.close();
            assertThat(child.onExit().get()).isNotNull();
        }

        @Test
        void saysWhichProgramIsMissing() {
            Part part = Part.process("x", OptionalLong.empty(), new ProcessBuilder("/no/such/pg_dump"), line -> false);
            assertThatThrownBy(part::open).hasMessageContaining("/no/such/pg_dump");
        }

        private String read(String script) throws IOException {
            try (InputStream in = part(script, line -> false).open()) {
                return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            }
        }

        private Part part(String script, Predicate<String> harmless) {
            return Part.process("x", OptionalLong.empty(), new ProcessBuilder("/bin/sh", "-c", script), harmless);
        }
    }

    @Nested
    class OfAFile {

        @Test
        void failsWhenTheFileBecameShorterOrLonger() throws IOException {
            Path file = Files.writeString(folder.resolve("file"), "abcdef");
            Part part = Part.file("file", file);
            Files.writeString(file, "abc");
            assertThatThrownBy(() -> readAll(part)).hasMessageContaining("changed its length");
            Files.writeString(file, "abcdef");
            assertThat(readAll(part)).hasSize(6);
            Files.writeString(file, "g", StandardOpenOption.APPEND);
            assertThatThrownBy(() -> readAll(part)).hasMessageContaining("changed its length");
        }

        private byte[] readAll(Part part) throws IOException {
            try (InputStream in = part.open()) {
                return in.readAllBytes();
            }
        }
    }
}
