// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.jdbc.SchemaException;
import dev.gatehouse.ratelimit.Decision;
import dev.gatehouse.ratelimit.InFlightLimit;
import dev.gatehouse.ratelimit.InFlightStore.Permit;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.LimitStore.Ask;
import dev.gatehouse.ratelimit.StandardLimits;
import dev.gatehouse.ratelimit.contract.Await;
import dev.gatehouse.ratelimit.contract.Crowd;
import dev.gatehouse.testing.TestDatabases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much is asked of the database, and what is left in it. */
class PostgresStatementsTest {

    private static final DataSource DATABASE = Databases.migrated();
    private static final HikariDataSource POOL = Databases.pool(DATABASE, 8);
    private static final Limit TEN = Limit.of("ten", 10, Duration.ofDays(50));
    private static final Limit QUICK = Limit.perSecond("quick", 20);

    private final CountingSource counting = new CountingSource(POOL);
    private final PostgresLimitStore store = PostgresLimitStore.builder(counting.source())
            .waitAtMost(Duration.ofSeconds(1))
            .build();
    private final LimitKey key = LimitKey.account(UUID.randomUUID().toString());

    @AfterEach
    void close() {
        store.close();
    }

    @AfterAll
    static void closePool() {
        POOL.close();
    }

    private static long number(String sql) throws SQLException {
        try (Connection connection = DATABASE.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = DATABASE.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aDecisionOnAllLimitsOfSeveralKeysIsOneStatement() {
        for (int i = 0; i < 20; i++) {
            store.takeAll(List.of(
                    new Ask(key, List.of(TEN, QUICK, StandardLimits.LOGIN), 1),
                    new Ask(LimitKey.route("GET /" + i), List.of(QUICK), 1)));
        }

        // The first ten took; the others were refused by one key, and gave back to the other.
        assertThat(counting.statements()).isEqualTo(10 + 2 * 10);
    }

    @Test
    void aRefusalWritesNothing() throws Exception {
        store.take(key, List.of(TEN), 10);
        long before = number("SELECT max(xmin::text::bigint) FROM gatehouse_ratelimit");

        for (int i = 0; i < 20; i++) {
            assertThat(store.take(key, List.of(TEN), 1).allowed()).isFalse();
        }

        assertThat(counting.statements()).isEqualTo(21);
        assertThat(number("SELECT max(xmin::text::bigint) FROM gatehouse_ratelimit"))
                .isEqualTo(before);
    }

    @Test
    void rowsAreLookedUpOneByOneAlsoByAPlanThatIsKeptFromWhenTheyWereFew() throws Exception {
        assertThat(planOnFewRows(LimitSql.TAKE)).contains("Index Scan").doesNotContain("Seq Scan");
        assertThat(planOnFewRows(LimitSql.READ)).contains("Index Scan").doesNotContain("Seq Scan");
    }

    private static String planOnFewRows(LimitSql sql) throws SQLException {
        String numbered = sql.of(List.of(false));
        for (int i = 1; i <= 6; i++) {
            numbered = numbered.replaceFirst("\\?", "\\$" + i);
        }
        try (Connection connection = DATABASE.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("TRUNCATE gatehouse_ratelimit");
            statement.execute(
                    "INSERT INTO gatehouse_ratelimit SELECT n::text::bytea, '{}', 1 FROM generate_series(1, 10) n");
            statement.execute("SET LOCAL plan_cache_mode = force_generic_plan");
            statement.execute("PREPARE asked AS " + numbered);
            String plan = lines(statement.executeQuery("EXPLAIN EXECUTE asked(NULL, NULL, NULL, NULL, NULL, NULL)"));
            connection.rollback();
            statement.execute("DEALLOCATE asked");
            connection.commit();
            return plan;
        }
    }

    private static String lines(ResultSet rows) throws SQLException {
        StringBuilder lines = new StringBuilder();
        while (rows.next()) {
            lines.append(rows.getString(1)).append('\n');
        }
        return lines.toString();
    }

    @Test
    void newcomersThatComeAtOnceAreDecidedExactlyThoughTheirRowIsNotThereYet() throws Exception {
        for (int round = 0; round < 20; round++) {
            LimitKey newcomer = LimitKey.account(UUID.randomUUID().toString());
            assertThat(Crowd.count(1, i -> {
                        Decision decision = store.take(newcomer, List.of(TEN), 1);
                        return decision.allowed()
                                || !((Decision.Refused) decision).violated().contains("ten");
                    }))
                    .isEqualTo(10);
        }
    }

    @Test
    void keysAskedForInDifferentOrdersDoNotWaitForEachOther() throws Exception {
        LimitKey other = LimitKey.route("GET /" + UUID.randomUUID());
        Limit many = Limit.of("many", 100_000, Duration.ofDays(50));
        Ask one = new Ask(key, List.of(many), 1);
        Ask two = new Ask(other, List.of(many, StandardLimits.MAIL.withPermits(100_000)), 1);

        int decided = Crowd.count(
                10,
                i -> store.takeAll(i % 2 == 0 ? List.of(one, two) : List.of(two, one)).stream()
                        .allMatch(Decision::allowed));

        assertThat(decided).isEqualTo(320);
        assertThat(store.charge(key, List.of(many), 0).remaining(0)).isEqualTo(100_000 - 320);
    }

    @Test
    void whatAuthenticationCountsSurvivesACrashAndNothingElseIsWrittenAhead() throws Exception {
        store.take(key, List.of(TEN), 1);
        store.take(key, List.of(StandardLimits.LOGIN), 1);
        String id = "'account:" + key.text() + "'";

        assertThat(number("SELECT count(*) FROM gatehouse_ratelimit WHERE states ? 'ten' AND NOT states ? 'login'"
                        + " AND convert_from(key, 'UTF8') = " + id))
                .isEqualTo(1);
        assertThat(number("SELECT count(*) FROM gatehouse_ratelimit_durable WHERE states ? 'login'"
                        + " AND convert_from(key, 'UTF8') = " + id))
                .isEqualTo(1);
        assertThat(number("SELECT count(*) FROM pg_class WHERE relname = 'gatehouse_ratelimit_durable'"
                        + " AND relpersistence = 'p'"))
                .isEqualTo(1);
        assertThat(number("SELECT count(*) FROM pg_class WHERE relname = 'gatehouse_ratelimit'"
                        + " AND relpersistence = 'u'"))
                .isEqualTo(1);
    }

    @Test
    void aLimitOfEachTableIsTakenFromOrNeither() {
        Limit three = StandardLimits.LOGIN.withPermits(3);
        store.take(key, List.of(three), 3);

        Decision.Refused refused = (Decision.Refused) store.take(key, List.of(TEN, three), 1);

        assertThat(refused.violated()).containsExactly("login");
        assertThat(refused.remaining(0)).isEqualTo(10);
        assertThat(store.charge(key, List.of(TEN), 0).remaining(0)).isEqualTo(10);
    }

    @Test
    void rowsOfFullBucketsAreSweptAwayAndNoOthers() throws Exception {
        run("TRUNCATE gatehouse_ratelimit, gatehouse_ratelimit_durable, gatehouse_ratelimit_in_flight");
        run("INSERT INTO gatehouse_ratelimit SELECT ('full-' || n)::bytea, '{}', 1 FROM generate_series(1, 1200) n");
        store.take(key, List.of(TEN), 1);
        store.inFlight().acquire(key, new InFlightLimit("one", 1, Duration.ofHours(1)));

        assertThat(store.sweep()).isEqualTo(1_200);
        assertThat(number("SELECT count(*) FROM gatehouse_ratelimit")).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM gatehouse_ratelimit_in_flight")).isEqualTo(1);
    }

    @Test
    void aServerWhoseClockWasSetBackLocksNobodyOutForLongerThanALimitTakesToRefill() throws Exception {
        store.take(key, List.of(QUICK), 1);
        run("UPDATE gatehouse_ratelimit SET states = jsonb_build_object('quick', 4000000000000000000) WHERE"
                + " convert_from(key, 'UTF8') = 'account:" + key.text() + "'");

        Decision.Refused refused = (Decision.Refused) store.take(key, List.of(QUICK), 1);

        assertThat(refused.retryAfter()).isLessThanOrEqualTo(Duration.ofMillis(1_050));
        Await.until(
                "it is admitted again", () -> store.take(key, List.of(QUICK), 1).allowed());
    }

    @Test
    void aPermitIsOneStatement() {
        InFlightLimit one = new InFlightLimit("one", 1, Duration.ofHours(1));

        Permit.Held held = (Permit.Held) store.inFlight().acquire(key, one);
        store.inFlight().acquire(key, one);
        store.inFlight().renew(held);
        store.inFlight().release(held);

        assertThat(counting.statements()).isEqualTo(4);
    }

    @Test
    void startIsRefusedWithoutTheTables() {
        DataSource empty = TestDatabases.postgresql();

        assertThatThrownBy(() -> PostgresLimitStore.builder(empty).build().verify())
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("V1__ratelimit.sql");
    }

    @Test
    void startIsRefusedWhereStatementsMayRunForever() {
        store.verify();

        assertThatThrownBy(() -> PostgresLimitStore.builder(DATABASE).build().verify())
                .hasMessage("ratelimit.postgresql: statement_timeout was 0 ms but must be 1 to 5000:"
                        + " add options=-c%20statement_timeout=1000 to the URL");
    }
}
