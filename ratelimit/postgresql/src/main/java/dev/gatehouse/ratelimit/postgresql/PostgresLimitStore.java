// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.postgresql;

import dev.gatehouse.jdbc.Schema;
import dev.gatehouse.ratelimit.Decision;
import dev.gatehouse.ratelimit.InFlightStore;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.LimitStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * What keys have used of their limits, in PostgreSQL 12 or later: a decision is one statement, on the database's clock, and
 * a second one only to give back what was taken when another key, or the other table, refused. Limits named to {@link
 * PostgresStoreBuilder#durable} survive a crash of the server; the others are in an unlogged table and start full.
 *
 * <p>A verb answers within the bound of {@link PostgresStoreBuilder#waitAtMost} or throws {@link
 * dev.gatehouse.ratelimit.LimitStoreException}, also when the pool has no connection to give. Put it behind {@link
 * dev.gatehouse.ratelimit.fleet.FleetStore}, which decides what happens then. Rows of full buckets are swept away in the
 * background. Thread-safe.
 */
public final class PostgresLimitStore implements LimitStore {

    /** The tables this store needs; it never makes them itself. */
    public static final Schema SCHEMA =
            new Schema("ratelimit_postgresql", "dev/gatehouse/ratelimit/postgresql/db", List.of("V1__ratelimit.sql"));

    private final DataSource source;
    private final Workers workers;
    private final Sweeper sweeper;
    private final Set<String> durable;

    PostgresLimitStore(DataSource source, Workers workers, Sweeper sweeper, Set<String> durable) {
        this.source = source;
        this.workers = workers;
        this.sweeper = sweeper;
        this.durable = durable;
    }

    /**
     * A store to be set up.
     *
     * @param source gives connections to the primary; best a pool of its own, of which nothing else can take the last
     *     connection, and with a {@code statement_timeout} of at most 5 s
     */
    public static PostgresStoreBuilder builder(DataSource source) {
        return new PostgresStoreBuilder(source);
    }

    /**
     * Refuses a database without the tables, and one whose statements may run forever: a decision that nobody waits for any
     * more would go on waiting for its row. To be called at start.
     */
    public void verify() {
        StartCheck.run(source);
    }

    @Override
    public Decision take(LimitKey key, List<Limit> limits, long cost) {
        return takeAll(List.of(new Ask(key, limits, cost))).get(0);
    }

    @Override
    public List<Decision> takeAll(List<Ask> asks) {
        return workers.run(connection -> takeAll(connection, asks));
    }

    @Override
    public Decision charge(LimitKey key, List<Limit> limits, long units) {
        LimitSql sql = units == 0 ? LimitSql.READ : LimitSql.CHARGE;
        Asked asked = new Asked().add(key, limits, units, this::isDurable);
        Said said = workers.run(connection -> asked.run(connection, sql));
        return Decision.allowed(limits, said.owed(0, limits.size()));
    }

    /** Requests in flight, in the same database and within the same bound; closed with this store. */
    public InFlightStore inFlight() {
        return new PostgresInFlightStore(workers);
    }

    /** Removes the rows of full buckets now; this is done once a minute anyway. Answers how many they were. */
    public long sweep() {
        return sweeper.sweep();
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void close() {
        sweeper.close();
        workers.close();
    }

    private List<Decision> takeAll(Connection connection, List<Ask> asks) throws SQLException {
        Asked asked = new Asked();
        asks.forEach(ask -> asked.add(ask.key(), ask.limits(), ask.cost(), this::isDurable));
        Said said = asked.run(connection, LimitSql.TAKE);
        if (said.hasGaps()) {
            said.fill(asked.run(connection, LimitSql.READ));
        }
        if (!said.allAllowed()) {
            giveBack(connection, asks, said);
            bringBack(connection, asks, said);
        }
        List<Decision> decisions = new ArrayList<>(asks.size());
        int place = 0;
        for (Ask ask : asks) {
            decisions.add(said.decision(ask, place));
            place += ask.limits().size();
        }
        return decisions;
    }

    private void giveBack(Connection connection, List<Ask> asks, Said said) throws SQLException {
        Asked back = new Asked();
        List<Integer> places = new ArrayList<>();
        int place = 0;
        for (Ask ask : asks) {
            for (Limit limit : ask.limits()) {
                if (said.isAllowed(place)) {
                    back.add(ask.key(), List.of(limit), -ask.cost(), this::isDurable);
                    places.add(place);
                }
                place++;
            }
        }
        if (!places.isEmpty()) {
            said.replace(places, back.run(connection, LimitSql.CHARGE));
        }
    }

    /**
     * Keeps what a refusal only read: whoever owes the most there can be owed more before, because the clock was set back or
     * the limit lowered. Left as it is, it would be owed that much for as long as the clock needs to get there.
     */
    private void bringBack(Connection connection, List<Ask> asks, Said said) throws SQLException {
        Asked most = new Asked();
        int place = 0;
        for (Ask ask : asks) {
            for (Limit limit : ask.limits()) {
                if (said.owed(place) == limit.mostOwed()) {
                    most.add(ask.key(), List.of(limit), 0, this::isDurable);
                }
                place++;
            }
        }
        if (!most.isEmpty()) {
            most.run(connection, LimitSql.CHARGE);
        }
    }

    private boolean isDurable(Limit limit) {
        return durable.contains(limit.name());
    }
}
