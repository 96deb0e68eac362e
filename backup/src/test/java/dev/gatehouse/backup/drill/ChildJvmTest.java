// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildJvmTest {

    @TempDir
    Path folder;

    private ChildJvm.Builder child(String does) {
        return ChildJvm.of(Application.class)
                .options("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .arguments(does)
                .readyLine(Pattern.compile("open"));
    }

    @Test
    void isStartedWhenItSaysSo() throws Exception {
        ChildJvm child = child("opens").start(folder);
        try (child) {
            assertThat(child.readyLine()).isEqualTo("open at port 1");
            assertThat(child.isAlive()).isTrue();
        }
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void getsNothingOfThisProcessesEnvironmentButWhatItIsGiven() throws Exception {
        try (ChildJvm child =
                child("tells").environment(Map.of("SHOP_DB_PASSWORD", "hidden")).start(folder)) {
            assertThat(child.output().get(0)).contains("SHOP_DB_PASSWORD", "PATH");
            assertThat(child.output()
                            .get(0)
                            .replaceAll("environment \\[|\\]", "")
                            .split(", ", -1))
                    .isSubsetOf("SHOP_DB_PASSWORD", "CLASSPATH", "PATH", "HOME", "LANG", "TZ");
        }
    }

    @Test
    void isRefusedWithItsLastWordsWhenItExits() {
        assertThatThrownBy(() -> child("exits").start(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exited with 3 before it was open: no table orders");
    }

    @Test
    void isKilledWhenItHangs() {
        assertThatThrownBy(
                        () -> child("hangs").startWithin(Duration.ofMillis(500)).start(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not say within PT0.5S that it is open");
        assertThat(ProcessHandle.current().children())
                .noneMatch(child -> child.info().commandLine().orElse("").endsWith("hangs"));
    }

    @Test
    void keepsTheEndOfItsOutputOnly() throws Exception {
        try (ChildJvm child = child("chatters").start(folder)) {
            assertThat(child.output()).hasSize(100).allMatch(line -> line.length() <= 2_000);
            assertThat(child.output().get(99)).isEqualTo("open at port 1");
        }
    }

    @Test
    void endsWhenTheProcessThatStartedItDoes() throws Exception {
        Process orphan = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Leash.class.getName(),
                        Application.class.getName(),
                        "opens")
                .redirectErrorStream(true)
                .start();
        assertThat(orphan.inputReader().readLine()).isEqualTo("open at port 1");
        orphan.getOutputStream().close();
        assertThat(orphan.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(orphan.exitValue()).isEqualTo(137);
    }

    @Test
    void isKilledWithItsDescendants() throws Exception {
        ProcessHandle grandchild;
        try (ChildJvm child = child("begets").start(folder)) {
            long pid = Long.parseLong(child.readyLine().split(" ", -1)[1]);
            grandchild = ProcessHandle.of(pid).orElseThrow();
        }
        grandchild.onExit().get(10, TimeUnit.SECONDS);
    }
}
