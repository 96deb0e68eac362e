// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.HealthStatus;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.context.Deadline;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.readiness.ReadinessCheck;
import dev.gatehouse.testing.TestDatabases;
import io.micrometer.core.instrument.Meter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QueueGateTest {

    private static final HikariDataSource DATABASE = Bench.migrated(TestDatabases.h2());
    private static final Actor ALICE = Actor.account("alice");
    private static final Job MAIL = Job.of("mail", Payload.text("to bob"));

    private final Bench bench = new Bench(DATABASE);

    @AfterEach
    void closeQueues() {
        bench.close();
    }

    private JobQueue idle() {
        return bench.built(b -> b.handle("mail", run -> JobResult.done(), Bench.QUICK));
    }

    private JobQueue withADeadLetter() {
        JobQueue queue = bench.started(b -> b.handle("mail", run -> JobResult.dead("no such address"), Bench.QUICK));
        bench.enqueue(queue, MAIL);
        Eventually.holds("given up", () -> queue.deadLetters().count() == 1);
        queue.vitals().refresh();
        return queue;
    }

    private static Finding find(JobQueue queue, String requirement, String name) throws Exception {
        ReadinessCheck check = QueueGate.watching(queue).readiness().stream()
                .filter(each ->
                        each.requirement().equals(requirement) && each.name().contains(name))
                .findFirst()
                .orElseThrow();
        return check.probe().call();
    }

    @Nested
    class Readiness {

        @Test
        void anEmptyQueueKeepsUp() throws Exception {
            assertThat(find(idle(), "F5", "keeps up")).isInstanceOf(Finding.Verified.class);
            assertThat(find(idle(), "F5", "transaction")).isInstanceOf(Finding.Verified.class);
            assertThat(find(idle(), "F8", "handler")).isInstanceOf(Finding.Verified.class);
            assertThat(bench.jobs()).isZero();
        }

        @Test
        void aJobThatHasBeenDueForTooLongFails() throws Exception {
            JobQueue queue = idle();
            bench.enqueue(queue, MAIL);
            bench.update("UPDATE gatehouse_queue_job SET execution_time = CURRENT_TIMESTAMP - INTERVAL '6' MINUTE");

            assertThat(find(queue, "F5", "keeps up"))
                    .isInstanceOfSatisfying(
                            Finding.Failed.class,
                            failed -> assertThat(failed.reason()).contains("longer than PT5M"));
        }

        @Test
        void aJobThatIsNotDueYetDoesNot() throws Exception {
            JobQueue queue = idle();
            bench.enqueue(queue, MAIL.delay(Duration.ofDays(3)));

            assertThat(find(queue, "F5", "keeps up")).isInstanceOf(Finding.Verified.class);
        }

        @Test
        void aDeadLetterFails() throws Exception {
            assertThat(find(withADeadLetter(), "F5", "keeps up")).isInstanceOf(Finding.Failed.class);
        }

        @Test
        void aQueueThatIsHeldBackFails() throws Exception {
            JobQueue queue = idle();
            queue.quarantine().impose("by hand", ALICE);

            assertThat(find(queue, "F5", "keeps up"))
                    .isInstanceOfSatisfying(
                            Finding.Failed.class,
                            failed -> assertThat(failed.reason()).contains("by hand"));
        }

        @Test
        void aDatabaseThatKeepsWhatWasRolledBackFails() throws Exception {
            JobQueue queue = JobQueue.builder(careless(DATABASE))
                    .handle("mail", run -> JobResult.done(), Bench.QUICK)
                    .build();

            assertThat(find(queue, "F5", "transaction")).isInstanceOf(Finding.Failed.class);
            assertThat(bench.jobs()).isZero();
        }

        /** Connections that commit each statement, whatever they are told. */
        private DataSource careless(DataSource source) {
            return (DataSource) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                        Connection connection = source.getConnection();
                        return Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {Connection.class},
                                (inner, called, given) ->
                                        Set.of("setAutoCommit", "rollback").contains(called.getName())
                                                ? null
                                                : called.invoke(connection, given));
                    });
        }

        @Test
        void anH2FileThatAnInterruptClosesFails(@TempDir Path folder) throws Exception {
            JdbcDataSource file = new JdbcDataSource();
            file.setURL("jdbc:h2:file:" + folder.resolve("a") + ";WRITE_DELAY=0");
            JdbcDataSource async = new JdbcDataSource();
            async.setURL("jdbc:h2:async:" + folder.resolve("b") + ";WRITE_DELAY=0");

            assertThat(find(JobQueue.builder(file).build(), "F5", "interrupt")).isInstanceOf(Finding.Failed.class);
            assertThat(find(JobQueue.builder(async).build(), "F5", "interrupt")).isInstanceOf(Finding.Verified.class);
        }

        @Test
        void aKindWithoutAHandlerFails() throws Exception {
            bench.enqueue(bench.built(b -> b.enqueues("video")), Job.of("video", Payload.text("")));

            assertThat(find(idle(), "F8", "handler"))
                    .isInstanceOfSatisfying(
                            Finding.Failed.class,
                            failed -> assertThat(failed.reason()).contains("video"));
        }

        @Test
        void aQueueWithoutAnyHandlerFails() throws Exception {
            assertThat(find(bench.built(b -> b.enqueues("mail")), "F8", "handler"))
                    .isInstanceOf(Finding.Failed.class);
        }

        @Test
        void tablesThatWereNotMigratedAreNamedAtTheStart() {
            JobQueue queue = JobQueue.builder(TestDatabases.h2()).build();

            assertThatThrownBy(queue::start).hasMessageContainingAll("V1__queue.sql", "has not run");
        }
    }

    @Nested
    class Health {

        @Test
        void isUpDegradedByADeadLetterAndUpAgainOnceItIsPurged() {
            JobQueue queue = withADeadLetter();
            assertThat(new QueueHealth(queue).call()).isEqualTo(HealthStatus.degraded("1 dead letters"));

            queue.deadLetters()
                    .purge("mail", queue.deadLetters().newest(1).get(0).idempotencyKey(), ALICE);
            queue.vitals().refresh();

            assertThat(new QueueHealth(queue).call()).isEqualTo(HealthStatus.up());
        }

        @Test
        void neverTakesTheInstanceOutOfService() {
            assertThat(new QueueGate(idle()).health())
                    .allSatisfy(check -> assertThat(check.required()).isFalse());
        }
    }

    @Nested
    class Console {

        private String act(JobQueue queue, String prefix) throws Exception {
            Panel.Action action = new QueueGate(queue)
                    .panels().get(0).actions().stream()
                            .filter(each -> each.name().startsWith(prefix))
                            .findFirst()
                            .orElseThrow();
            return action.handler().run(ALICE);
        }

        @Test
        void showsDeadLettersWithoutTheirPayload() {
            Panel panel = new QueueGate(withADeadLetter()).panels().get(0);

            assertThat(panel.facts()).contains(new Panel.Fact("dead letters", "1"));
            assertThat(panel.tables().toString()).contains("no such address").doesNotContain("to bob");
        }

        @Test
        void oneIsPurgedOrRetriedFromIt() throws Exception {
            JobQueue queue = withADeadLetter();

            assertThat(act(queue, "retry-mail-")).isEqualTo("it is tried again");
            Eventually.holds("given up again", () -> queue.deadLetters().count() == 1);
            assertThat(act(queue, "purge-mail-")).isEqualTo("it is forgotten");
            assertThat(queue.deadLetters().count()).isZero();
            assertThat(bench.changes).extracting(change -> change.actor()).containsOnly(ALICE);
        }

        @Test
        void theQueueIsHeldAndReleasedFromIt() throws Exception {
            JobQueue queue = idle();

            act(queue, "hold-queue");
            assertThat(queue.quarantine().reason()).contains("held back by hand");
            queue.vitals().refresh();
            act(queue, "release-queue");
            assertThat(queue.quarantine().reason()).isEmpty();
        }

        @Test
        void whatWasHeldCanBeGivenUpAndTheQueueGoesOn() throws Exception {
            JobQueue queue = idle();
            bench.enqueue(queue, MAIL);
            bench.in(tx -> {
                Quarantine.mark(tx, "restored", InstantSource.system());
                return tx;
            });
            bench.enqueue(queue, Job.of("mail", Payload.text("after")));
            queue.vitals().refresh();

            assertThat(act(queue, "give-up-held-jobs")).startsWith("1 ");

            assertThat(queue.quarantine().reason()).isEmpty();
            assertThat(queue.deadLetters().newest(9))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.reason()).isEqualTo("held back: restored"));
            assertThat(bench.jobs()).isEqualTo(1);
        }
    }

    @Nested
    class Meters {

        @Test
        void haveADescriptionAndBoundedLabels() {
            JobQueue queue = withADeadLetter();
            bench.enqueue(bench.built(b -> b.enqueues("video", "sound")), Job.of("video", Payload.text("")));
            queue.vitals().refresh();

            List<Meter> meters = bench.meters.getMeters().stream()
                    .filter(meter -> meter.getId().getName().startsWith("gatehouse.queue."))
                    .toList();
            assertThat(meters)
                    .allSatisfy(
                            meter -> assertThat(meter.getId().getDescription()).isNotBlank());
            assertThat(meters.stream()
                            .filter(meter -> meter.getId().getName().equals("gatehouse.queue.waiting"))
                            .map(meter -> meter.getId().getTag("kind"))
                            .collect(Collectors.toSet()))
                    .containsExactlyInAnyOrder("mail", "unknown");
            assertThat(bench.meters
                            .get("gatehouse.queue.dead")
                            .tag("kind", "mail")
                            .gauge()
                            .value())
                    .isEqualTo(1);
        }
    }

    @Test
    void aGateThatWatchesStartsNothing() {
        QueueGate gate = QueueGate.watching(idle());
        gate.start();
        gate.drain(Deadline.after(Duration.ofSeconds(1)));

        assertThat(gate.health()).isEmpty();
        assertThat(gate.panels().get(0).facts()).contains(new Panel.Fact("works here", "no"));
    }
}
