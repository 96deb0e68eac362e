// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * On a newer JDK, named by {@code GATEHOUSE_NEWER_JDK} or found beside this one, with one carrier thread: a guard that
 * pinned it would let nobody else go on. Skipped where there is none.
 */
@Timeout(120)
class VirtualThreadsTest {

    private static Optional<Path> newerJava() throws IOException {
        String named = System.getenv("GATEHOUSE_NEWER_JDK");
        if (named != null) {
            return Optional.of(Path.of(named, "bin", "java"));
        }
        Path all = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> found = Files.list(all)) {
            return found.filter(jdk ->
                            jdk.getFileName().toString().matches("(temurin|java|jdk|openjdk)-?(2[1-9]|[3-9][0-9]).*"))
                    .map(jdk -> jdk.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .max(Path::compareTo);
        }
    }

    @Test
    void areNeverPinnedByAGuard() throws Exception {
        Optional<Path> java = newerJava();
        assumeTrue(java.isPresent(), "needs a JDK with virtual threads, for example in /usr/lib/jvm");
        Process process = new ProcessBuilder(
                        java.get().toString(),
                        "-Djdk.virtualThreadScheduler.parallelism=1",
                        "-Djdk.virtualThreadScheduler.maxPoolSize=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        VirtualThreadsProgram.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("all went on").contains("all timed out").contains("all waited");
        assertThat(process.exitValue()).isZero();
    }
}
