// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.jdbc.flyway.Migrations;
import dev.gatehouse.testing.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Real processes that are killed in the middle of it, as the kernel or a power cut of the machine's container does. */
final class KilledInstanceTest {

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endAll() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void onH2NoJobIsLostAndRepeatsHaveTheirKey() throws Exception {
        killOnH2(folder, 300, 100);
    }

    @Test
    void onPostgresqlWithTwoInstancesNoJobIsLostAndRepeatsHaveTheirKey() throws Exception {
        killOnPostgresql(folder, 200, 100);
    }

    @Test
    @Tag("soak")
    void ofOneThousandJobsNoneIsLostWheneverTheKillComes() throws Exception {
        Random random = new Random(17);
        for (int round = 0; round < 15; round++) {
            killOnH2(Files.createDirectory(folder.resolve("h2-" + round)), 1_000, 1 + random.nextInt(990));
            killOnPostgresql(Files.createDirectory(folder.resolve("pg-" + round)), 1_000, 1 + random.nextInt(990));
        }
    }

    private void killOnH2(Path place, int jobs, int killAfter) throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:async:" + place.resolve("queue") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
        database.setUser("sa");
        Migrations.migrate(database, JobQueue.SCHEMA);

        kill(start(database.getURL(), place, "first", jobs), place, killAfter);
        await(start(database.getURL(), place, "second", 0));

        assertThatNoneIsLost(place);
    }

    private void killOnPostgresql(Path place, int jobs, int killAfter) throws Exception {
        PGSimpleDataSource database = (PGSimpleDataSource) TestDatabases.postgresql();
        Migrations.migrate(database, JobQueue.SCHEMA);

        Process first = start(String.valueOf(database.getURL()), place, "first", jobs);
        Process second = start(String.valueOf(database.getURL()), place, "second", jobs);
        kill(first, place, killAfter);
        await(second);

        assertThatNoneIsLost(place);
    }

    private Process start(String url, Path place, String name, int jobs) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName(),
                        url,
                        place.toString(),
                        name,
                        Integer.toString(jobs))
                .redirectErrorStream(true)
                .redirectOutput(place.resolve(name + ".log").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private static void kill(Process process, Path place, int after) throws InterruptedException {
        Eventually.holds(after + " jobs are done", () -> lines(place, ".done").size() >= after);
        process.destroyForcibly();
        process.waitFor();
    }

    private static void await(Process process) throws InterruptedException {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    /** Every job whose commit was acknowledged was done, and however often it was, its handler saw one key. */
    private static void assertThatNoneIsLost(Path place) {
        Map<String, Set<String>> keys = new HashMap<>();
        for (String line : lines(place, ".done")) {
            String[] words = line.split(" ", -1);
            keys.computeIfAbsent(words[0], job -> new TreeSet<>()).add(words[1]);
        }
        assertThat(keys.keySet()).containsAll(lines(place, ".acknowledged"));
        assertThat(keys).allSatisfy((job, seen) -> assertThat(seen).as(job).hasSize(1));
    }

    private static List<String> lines(Path place, String ending) {
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .flatMap(file -> read(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole lines: the last one may be half written. */
    private static List<String> read(Path file) {
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
