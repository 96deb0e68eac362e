// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.ratelimit.Basis;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.LimitStoreException;
import dev.gatehouse.ratelimit.contract.Await;
import dev.gatehouse.ratelimit.contract.Outage;
import dev.gatehouse.ratelimit.contract.Outage.Figures;
import dev.gatehouse.ratelimit.fleet.FleetStore;
import dev.gatehouse.testing.TcpProxy;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL slow, silent or cut off, and a pool without connections. */
class PostgresOutageTest {

    private static final DataSource DATABASE = Databases.migrated();
    private static final int INSTANCES = 4;
    private static final long SHARES =
            INSTANCES * Outage.FORTY.shareOf(INSTANCES).burst();

    private final LimitKey key = LimitKey.account(UUID.randomUUID().toString());
    private final PGSimpleDataSource direct = (PGSimpleDataSource) DATABASE;
    private final TcpProxy proxy = TcpProxy.to(direct.getPortNumbers()[0]);
    private final List<HikariDataSource> pools = new ArrayList<>();
    private final List<FleetStore> fleet =
            Stream.generate(this::instance).limit(INSTANCES).toList();

    private FleetStore instance() {
        HikariDataSource pool = pool(4);
        return FleetStore.over(
                        "postgresql",
                        PostgresLimitStore.builder(pool).concurrency(4).build(),
                        INSTANCES)
                .probeEvery(Duration.ofMillis(50))
                .build();
    }

    private HikariDataSource pool(int size) {
        PGSimpleDataSource proxied = new PGSimpleDataSource();
        proxied.setServerNames(new String[] {"127.0.0.1"});
        proxied.setPortNumbers(new int[] {proxy.port()});
        proxied.setDatabaseName(direct.getDatabaseName());
        proxied.setUser(direct.getUser());
        HikariDataSource pool = Databases.pool(proxied, size);
        pools.add(pool);
        return pool;
    }

    @AfterEach
    void stop() {
        fleet.forEach(FleetStore::close);
        pools.forEach(HikariDataSource::close);
        proxy.close();
    }

    private void awaitAll(boolean answer) {
        Await.until("all instances find out", () -> fleet.stream().allMatch(one -> one.answers() == answer));
    }

    /** All instances are back, and what they gave out meanwhile and told the store on their return is paid. */
    private void awaitAllSettled() {
        awaitAll(true);
        Await.passing(Outage.FORTY.window());
    }

    private static void load() {
        Await.passing(Duration.ofMillis(300));
    }

    @Test
    void aServerThatAnswersNothingAdmitsEachShareOnce() throws Exception {
        Figures figures = Outage.during("postgresql hangs", fleet, () -> {
            load();
            proxy.hang();
            awaitAll(false);
            load();
            proxy.resume();
            awaitAllSettled();
        });

        assertThat(figures.degraded()).isPositive();
        assertThat(figures.wronglyAdmitted()).isLessThanOrEqualTo(SHARES);
    }

    @Test
    void aServerThatIsCutOffAndComesBackAdmitsEachShareOnce() throws Exception {
        Figures figures = Outage.during("postgresql cut off", fleet, () -> {
            load();
            proxy.cut();
            awaitAll(false);
            load();
            proxy.restore();
            awaitAllSettled();
        });

        assertThat(figures.wronglyAdmitted()).isLessThanOrEqualTo(SHARES);
    }

    @Test
    void aPoolWithoutConnectionsHoldsNobodyBeyondTheBound() throws Exception {
        HikariDataSource pool = pool(1);
        FleetStore one = FleetStore.over(
                        "postgresql", PostgresLimitStore.builder(pool).build(), INSTANCES)
                .build();
        try (one;
                Connection taken = pool.getConnection()) {
            assertThat(taken.isValid(1)).isTrue();
            int asked = 0;
            while (one.answers()) {
                assertThat(one.take(LimitKey.account("k" + asked++), List.of(Outage.FORTY), 1)
                                .basis())
                        .isEqualTo(Basis.LOCAL_SHARE);
            }

            // The pool would have made each of them wait for 30 s.
            assertThat(asked).isEqualTo(5);
        }
    }

    @Test
    void aRowThatSomebodyLocksHoldsNobodyBeyondTheBoundAndCountsNothingAfterwards() throws Exception {
        try (PostgresLimitStore store = PostgresLimitStore.builder(pool(4))
                        .concurrency(1)
                        .waitAtMost(Duration.ofMillis(20))
                        .build();
                Connection other = DATABASE.getConnection();
                Statement statement = other.createStatement()) {
            Await.until("the row is there", () -> {
                try {
                    return store.take(key, List.of(Outage.FORTY.withDebt(0)), 40)
                            .allowed();
                } catch (LimitStoreException e) {
                    return false;
                }
            });
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM gatehouse_ratelimit FOR UPDATE");
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> store.take(key, List.of(Outage.FORTY), 1))
                        .isInstanceOf(LimitStoreException.class)
                        .hasMessage("postgresql: no answer within 20 ms");
            }
            other.rollback();
        }
    }

    @Test
    void moreThanTheQueueHoldsAreRefusedAtOnce() {
        try (PostgresLimitStore store = PostgresLimitStore.builder(pool(1))
                .concurrency(1)
                .waitAtMost(Duration.ofMillis(1))
                .build()) {
            proxy.hang();
            int asked = 0;
            while (!"postgresql: too many decisions are under way".equals(failure(store))) {
                assertThat(asked++).isLessThan(17);
            }
        }
    }

    private String failure(PostgresLimitStore store) {
        try {
            return store.take(key, List.of(Outage.FORTY), 1).toString();
        } catch (LimitStoreException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
