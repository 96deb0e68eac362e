// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.jdbc.Transactions;
import dev.gatehouse.jdbc.flyway.Migrations;
import dev.gatehouse.testing.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Real processes that are killed in the middle of it, as the kernel or a power cut of the machine's container does. */
final class KilledInstanceTest {

    private static final int QUEUED = 1_000;

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endAll() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void ofAThousandQueuedJobsOnH2NoneIsLostAndRepeatsHaveTheirKey() throws Exception {
        killOnH2(folder, 400, 0);
    }

    @Test
    void ofAThousandQueuedJobsOnPostgresqlWithTwoInstancesNoneIsLostAndRepeatsHaveTheirKey() throws Exception {
        killOnPostgresql(folder, 400, 0);
    }

    /** More jobs are added while they are done, so that kills hit those who add as well. */
    @Test
    @Tag("soak")
    void whetherAddedOrDoneNoneIsLostWheneverTheKillComes() throws Exception {
        Random random = new Random(17);
        int repeated = 0;
        for (int round = 0; round < 15; round++) {
            Path h2 = Files.createDirectory(folder.resolve("h2-" + round));
            repeated += killOnH2(h2, 1 + random.nextInt(990), round % 2 * 300);
            Path postgresql = Files.createDirectory(folder.resolve("pg-" + round));
            repeated += killOnPostgresql(postgresql, 1 + random.nextInt(990), round % 2 * 300);
        }
        assertThat(repeated)
                .as("jobs that a kill interrupted between their work and its end")
                .isPositive();
    }

    private int killOnH2(Path place, int killAfter, int added) throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:async:" + place.resolve("queue") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
        database.setUser("sa");
        enqueue(database);

        kill(start(database.getURL(), place, "first", added), place, killAfter);
        await(start(database.getURL(), place, "second", 0));

        return repeatedWithNoneLost(place, "H2, after " + killAfter);
    }

    private int killOnPostgresql(Path place, int killAfter, int added) throws Exception {
        PGSimpleDataSource database = (PGSimpleDataSource) TestDatabases.postgresql();
        enqueue(database);

        Process first = start(String.valueOf(database.getURL()), place, "first", added);
        Process second = start(String.valueOf(database.getURL()), place, "second", added);
        kill(first, place, killAfter);
        await(second);

        return repeatedWithNoneLost(place, "PostgreSQL, after " + killAfter);
    }

    private static void enqueue(DataSource database) throws SQLException {
        Migrations.migrate(database, JobQueue.SCHEMA);
        JobQueue queue = JobQueue.builder(database).enqueues("count").build();
        Transactions.call(database, tx -> {
            for (int i = 0; i < QUEUED; i++) {
                queue.enqueue(tx, Job.of("count", Payload.text("queued-" + i)));
            }
            return tx;
        });
        queue.close();
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

    private static void kill(Process process, Path place, int after) throws Exception {
        try {
            Eventually.holds(
                    after + " jobs are done", () -> lines(place, ".done").size() >= after);
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "; " + process + ": " + Files.readString(place.resolve("first.log")), e);
        }
        process.destroyForcibly();
        process.waitFor();
    }

    private static void await(Process process) throws InterruptedException {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    /** Every job whose commit was acknowledged was done, and however often it was, its handler saw one key. */
    private static int repeatedWithNoneLost(Path place, String kill) throws IOException {
        Map<String, Set<String>> keys = new HashMap<>();
        List<String> done = lines(place, ".done");
        for (String line : done) {
            String[] words = line.split(" ", -1);
            keys.computeIfAbsent(words[0], job -> new TreeSet<>()).add(words[1]);
        }
        assertThat(keys.keySet().stream().filter(job -> job.startsWith("queued-")))
                .hasSize(QUEUED);
        assertThat(keys.keySet()).containsAll(lines(place, ".acknowledged"));
        assertThat(keys).allSatisfy((job, seen) -> assertThat(seen).as(job).hasSize(1));
        int repeated = done.size() - keys.size();
        Files.writeString(
                Path.of("target", "killed-instances.txt"),
                kill + ": " + keys.size() + " jobs, none lost, " + repeated + " done twice\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return repeated;
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
