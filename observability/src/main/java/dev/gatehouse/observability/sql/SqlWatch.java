// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import dev.gatehouse.HealthCheck;
import dev.gatehouse.http.Interceptor;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.readiness.ReadinessCheck;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/**
 * Watches data sources: which statements take the time, which are slow and whose they were, and whether the pool has
 * connections to spare. Statements are told apart by their text without literals and parameters; a value is never kept,
 * shown or logged. A bounded number of statements is told apart, those that take most of the time; the others are counted
 * together. Thread-safe.
 *
 * <p>Give it to {@code Observability.builder().sql(…)}, which adds its meters, panel, health and readiness check.
 */
public final class SqlWatch {

    private final SqlWatchSettings settings;
    private final RoutesInFlight routes = new RoutesInFlight();
    private final Recorder recorder;
    private final List<WatchedDataSource> sources = new CopyOnWriteArrayList<>();

    private SqlWatch(SqlWatchSettings settings) {
        this.settings = settings;
        this.recorder = new Recorder(settings, routes);
    }

    /** A watch for which a statement is slow from {@code threshold} on, 1 ms to 1 minute. */
    public static Builder slowFrom(Duration threshold) {
        return new Builder(threshold);
    }

    /**
     * {@code source}, watched. What it throws, and what its connections and statements do, is unchanged; they unwrap to the
     * driver's own. Wrap a pool rather than what it draws from: then waiting for a connection is seen.
     *
     * @param name of the pool, unique, at most 40 characters: a label of meters
     * @param pool what the pool says of itself; without it saturation is judged by waiting alone
     */
    public DataSource wrap(String name, DataSource source, Optional<PoolView> pool) {
        if (!name.matches("[a-z][a-z0-9-]{0,39}")) {
            throw new IllegalArgumentException(
                    "observability.sql: the name was '" + name + "' but must match [a-z][a-z0-9-]{0,39}");
        }
        if (sources.size() >= 20
                || sources.stream().anyMatch(each -> each.pool().name().equals(name))) {
            throw new IllegalArgumentException(
                    "observability.sql: '" + name + "' is watched already, or twenty others are");
        }
        WatchedDataSource watched =
                new WatchedDataSource(source, new PoolWatch(name, pool, settings.ticker()), recorder);
        sources.add(watched);
        return watched;
    }

    /** What is known of each statement, the one that took most time first. */
    public List<StatementSummary> statements() {
        return recorder.table().summaries();
    }

    /** Registers its meters; call it once for each registry, after the sources are wrapped. */
    public void bindTo(MeterRegistry meters) {
        SqlMeters.bind(recorder, pools(), meters);
    }

    /** What the consoles show. */
    public Panel panel() {
        return new SqlPanel(recorder, pools(), settings.threshold());
    }

    /** Learns the routes of requests, for the slowest statements. */
    public Interceptor interceptor() {
        return routes;
    }

    /** Whether every pool has connections to spare; informs. */
    public HealthCheck health() {
        return HealthCheck.informing("database-pool", new PoolHealth(pools()));
    }

    /** G7: that statements are seen, and that nobody waits for a connection in vain. */
    public ReadinessCheck readiness() {
        return new ReadinessCheck("G7", "slow statements and the pool are watched", new SqlDrill(this));
    }

    List<WatchedDataSource> sources() {
        return sources;
    }

    private List<PoolWatch> pools() {
        return sources.stream().map(WatchedDataSource::pool).toList();
    }

    Recorder recorder() {
        return recorder;
    }

    SqlWatchSettings settings() {
        return settings;
    }

    /** Sets up a watch. Unless said otherwise 200 statements are told apart. Not thread-safe. */
    public static final class Builder {

        private final Duration threshold;
        private int statements = 200;
        private InstantSource clock = InstantSource.system();
        private Ticker ticker = Ticker.system();

        private Builder(Duration threshold) {
            this.threshold = threshold;
        }

        /** How many statements are told apart, 10 to 1,000. */
        public Builder statements(int most) {
            statements = most;
            return this;
        }

        /** Wall-clock time. */
        public Builder clock(InstantSource value) {
            clock = value;
            return this;
        }

        /** Elapsed time. */
        public Builder ticker(Ticker value) {
            ticker = value;
            return this;
        }

        /** The watch; refused when a setting is out of bounds. */
        public SqlWatch build() {
            return new SqlWatch(new SqlWatchSettings(threshold, statements, clock, ticker));
        }
    }
}
