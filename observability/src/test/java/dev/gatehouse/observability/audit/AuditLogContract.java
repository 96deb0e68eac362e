// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.context.Caller;
import dev.gatehouse.context.RequestContext;
import dev.gatehouse.jdbc.Transactions;
import dev.gatehouse.jdbc.flyway.Migrations;
import dev.gatehouse.json.JsonReader;
import dev.gatehouse.json.Parsed;
import dev.gatehouse.testing.ManualTime;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the audit log promises on every database. */
abstract class AuditLogContract {

    private static final Actor ALICE = Actor.account("alice");

    private final ManualTime time = new ManualTime();
    private DataSource source;
    private AuditLog log;

    /** One database for all tests, migrated: that takes longer than they do. */
    abstract DataSource database();

    /** Statements that empty the table nevertheless, as its owner can. */
    abstract List<String> emptying();

    static DataSource migrated(DataSource source) {
        Migrations.migrate(source, AuditLog.schema());
        return source;
    }

    @BeforeEach
    void begin() throws SQLException {
        source = database();
        log = AuditLog.jdbc(source, time, new SecureRandom());
        for (String sql : emptying()) {
            execute(sql);
        }
    }

    final int execute(String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private AuditPage.Events page(AuditQuery query) {
        return (AuditPage.Events) log.find(query);
    }

    private List<AuditEntry> all() {
        return page(AuditQuery.everything()).entries();
    }

    private List<String> actions(AuditQuery query) {
        return page(query).entries().stream().map(AuditEntry::action).toList();
    }

    private static AuditEvent event(String action, String subject) {
        return AuditEvent.success(action, ALICE, subject);
    }

    @Nested
    class Appending {

        @Test
        void keepsEveryPartOfTheEvent() {
            time.advance(Duration.ofNanos(1_234_567));
            AuditEvent event = new AuditEvent(
                    "auth.login.failed",
                    Actor.key("k-1"),
                    "bob",
                    AuditEvent.Outcome.DENIED,
                    Map.of("why", "it's \"so\" ; DROP TABLE gatehouse_audit; -- 漢\u2028"));
            RequestContext.Scope scope =
                    RequestContext.NONE.withRequestId("r-1").open();
            log.append(event);
            scope.close();

            AuditEntry entry = all().get(0);
            assertThat(entry.id()).matches("[0-9a-f]{32}");
            assertThat(entry.time()).isEqualTo(Instant.parse("2026-01-01T00:00:00.001234Z"));
            assertThat(entry.action()).isEqualTo("auth.login.failed");
            assertThat(entry.actor()).isEqualTo(Actor.key("k-1"));
            assertThat(entry.subject()).contains("bob");
            assertThat(entry.outcome()).isEqualTo(AuditEvent.Outcome.DENIED);
            assertThat(entry.requestId()).contains("r-1");
            assertThat(JsonReader.read(entry.details().getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(new Parsed.Value(event.details()));
        }

        @Test
        void keepsWhoReallyActedAndForWhom() {
            Caller caller = Caller.session("cleo", "s-1").impersonatedBy("sam");
            RequestContext.Scope scope = RequestContext.NONE.withCaller(caller).open();
            log.append(AuditEvent.success("order.created", Actor.account("cleo"), "cleo"));
            scope.close();

            assertThat(all().get(0).actor()).isEqualTo(Actor.account("sam"));
            assertThat(all().get(0).subject()).contains("cleo");
        }

        @Test
        void worksOutsideOfAnyRequestAndForNobody() {
            log.append(AuditEvent.failure("job.run", Actor.anonymous(), null));

            assertThat(all().get(0).requestId()).isEmpty();
            assertThat(all().get(0).subject()).isEmpty();
            assertThat(all().get(0).actor()).isEqualTo(Actor.anonymous());
        }

        @Test
        void boundsAndMasksTheDetails() {
            Map<String, String> details = new HashMap<>();
            for (int i = 0; i < 40; i++) {
                details.put("n" + i, "v".repeat(1000));
            }
            details.put("a-password", "hunter2");
            log.append(new AuditEvent("a.b", ALICE, null, AuditEvent.Outcome.SUCCESS, details));

            assertThat(all().get(0).details())
                    .hasSizeLessThan(20_000)
                    .contains("\"a-password\":\"***\"")
                    .doesNotContain("hunter2");
        }

        @Test
        void throwsWhenTheEventCannotBeKept() {
            assertThatThrownBy(() -> log.append(event("a.b", "x".repeat(201)))).isInstanceOf(RuntimeException.class);
            assertThat(all()).isEmpty();
        }
    }

    @Nested
    class TheCallersTransaction {

        @Test
        void takesTheEventWithItWhenItCommits() throws SQLException {
            Transactions.call(source, tx -> {
                log.append(tx, event("order.created", "alice"));
                return true;
            });

            assertThat(all()).hasSize(1);
        }

        @Test
        void takesTheEventWithItWhenItRollsBack() {
            assertThatThrownBy(() -> Transactions.call(source, tx -> {
                        log.append(tx, event("order.created", "alice"));
                        throw new IllegalStateException("the order failed");
                    }))
                    .hasMessage("the order failed");

            assertThat(all()).isEmpty();
        }

        @Test
        void isNeitherCommittedNorClosedByAppending() throws SQLException {
            Transactions.call(source, tx -> {
                log.append(tx, event("order.created", "alice"));
                assertThat(tx.connection().isClosed()).isFalse();
                assertThat(tx.connection().getAutoCommit()).isFalse();
                assertThat(all()).isEmpty();
                return true;
            });
        }
    }

    @Nested
    class TheTable {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "UPDATE gatehouse_audit SET action = 'nothing.happened'",
                    "DELETE FROM gatehouse_audit",
                    "DELETE FROM gatehouse_audit WHERE 1 = 0",
                })
        void refusesToForget(String sql) {
            log.append(event("order.created", "alice"));

            assertThatThrownBy(() -> execute(sql)).hasMessageContaining("append-only");
            assertThat(all()).extracting(AuditEntry::action).containsExactly("order.created");
        }
    }

    @Nested
    class Finding {

        @BeforeEach
        void appendFive() {
            for (int i = 0; i < 5; i++) {
                log.append(event("event.e" + i, i % 2 == 0 ? "alice" : "bob"));
                time.advance(Duration.ofMinutes(1));
            }
        }

        @Test
        void beginsWithTheNewest() {
            assertThat(actions(AuditQuery.everything()))
                    .containsExactly("event.e4", "event.e3", "event.e2", "event.e1", "event.e0");
        }

        @Test
        void narrowsDownToAnAccount() {
            assertThat(actions(AuditQuery.everything().account("bob"))).containsExactly("event.e3", "event.e1");
            assertThat(actions(AuditQuery.everything().account("nobody"))).isEmpty();
            assertThat(actions(AuditQuery.everything().account("' OR '1'='1"))).isEmpty();
        }

        @Test
        void narrowsDownToATimeThatBeginsInclusiveAndEndsExclusive() {
            Instant start = Instant.parse("2026-01-01T00:00:00Z");
            AuditQuery query = AuditQuery.everything()
                    .from(start.plus(Duration.ofMinutes(1)))
                    .to(start.plus(Duration.ofMinutes(3)));

            assertThat(actions(query)).containsExactly("event.e2", "event.e1");
        }

        @Test
        void goesOnPageByPageWithoutGapOrRepeat() {
            List<String> seen = new ArrayList<>();
            Optional<String> cursor = Optional.empty();
            do {
                AuditQuery query = AuditQuery.everything().limit(2);
                AuditPage.Events page = page(cursor.map(query::cursor).orElse(query));
                page.entries().forEach(entry -> seen.add(entry.action()));
                log.append(event("event.later", "alice"));
                cursor = page.next();
            } while (cursor.isPresent());

            assertThat(seen).containsExactly("event.e4", "event.e3", "event.e2", "event.e1", "event.e0");
        }

        @Test
        void hasNoNextPageAfterAFullLastOne() {
            assertThat(page(AuditQuery.everything().limit(5)).next()).isEmpty();
            assertThat(page(AuditQuery.everything().limit(4)).next()).isPresent();
        }

        @Test
        void saysThatItDoesNotKnowACursor() {
            assertThat(log.find(AuditQuery.everything().cursor("0".repeat(32))))
                    .isEqualTo(AuditPage.UnknownCursor.INSTANCE);
            assertThat(log.find(AuditQuery.everything().cursor("'; DROP TABLE gatehouse_audit")))
                    .isEqualTo(AuditPage.UnknownCursor.INSTANCE);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 201, -1})
        void refusesAPageSizeOutOfBounds(int limit) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AuditQuery.everything().limit(limit))
                    .withMessage("audit.query: limit was " + limit + " but must be 1 to 200");
        }

        @Test
        void isWrittenAsJson() {
            AuditPage.Events page = page(AuditQuery.everything().limit(1));
            AuditEntry entry = page.entries().get(0);

            assertThat(page.toJson())
                    .isEqualTo("{\"events\":[{\"id\":\"" + entry.id()
                            + "\",\"time\":\"2026-01-01T00:04:00Z\",\"action\":\"event.e4\",\"actor\":\"account:alice\","
                            + "\"subject\":\"alice\",\"outcome\":\"success\",\"requestId\":null}],\"next\":\""
                            + entry.id() + "\"}");
        }
    }

    @Test
    void losesNothingUnderParallelWriters() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Boolean> work = () -> {
                for (int i = 0; i < 20; i++) {
                    log.append(event("event.e" + i, "alice"));
                }
                return true;
            };
            for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(8, work))) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        AuditPage.Events page = page(AuditQuery.everything().account("alice").limit(200));

        assertThat(page.entries()).hasSize(160).extracting(AuditEntry::id).doesNotHaveDuplicates();
    }
}
