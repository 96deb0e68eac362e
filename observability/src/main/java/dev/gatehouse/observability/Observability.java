// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability;

import dev.gatehouse.HealthReport;
import dev.gatehouse.observability.audit.AuditLog;
import dev.gatehouse.observability.errors.ClientErrors;
import dev.gatehouse.observability.errors.ErrorLog;
import dev.gatehouse.observability.log.Logging;
import dev.gatehouse.observability.signals.GoldenSignals;
import dev.gatehouse.observability.sql.SqlWatch;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What an application needs to be observable: meters and their scrape, golden signals, captured errors, recent changes
 * and, given a database, the audit log. Thread-safe. Logging is set up apart, by {@link Logging},
 * for it begins before everything else and ends after it.
 */
public final class Observability implements AutoCloseable {

    /** The content type of {@link #scrape()}. */
    public static final String SCRAPE_CONTENT_TYPE = Metrics.CONTENT_TYPE;

    private final Metrics metrics;
    private final ErrorLog errors;
    private final ClientErrors clientErrors;
    private final GoldenSignals signals;
    private final RecentChanges changes;
    private final Optional<AuditLog> audit;
    private final Optional<Logging> logging;
    private final Optional<Supplier<HealthReport>> health;
    private final Optional<SqlWatch> sql;
    private final InstantSource clock;

    private Observability(Builder from) {
        this.clock = from.clock;
        this.metrics = new Metrics(from.service);
        this.health = Optional.ofNullable(from.health);
        this.logging = Optional.ofNullable(from.logging);
        logging.ifPresent(it -> it.bindTo(metrics.registry()));
        this.sql = Optional.ofNullable(from.sql);
        sql.ifPresent(it -> it.bindTo(metrics.registry()));
        this.errors = new ErrorLog(from.clock, metrics.registry());
        this.clientErrors = new ClientErrors(errors, from.ticker, metrics.registry());
        this.signals = new GoldenSignals(metrics.registry(), errors);
        this.changes = new RecentChanges(from.clock);
        this.audit = Optional.ofNullable(from.source).map(source -> AuditLog.jdbc(source, from.clock, from.random));
    }

    /** A builder with the system's clock and without a database. */
    public static Builder builder() {
        return new Builder();
    }

    /** The registry for everybody's meters; at most 10,000 meters, and 2,000 of one name, are kept. */
    public MeterRegistry meters() {
        return metrics.registry();
    }

    /** Every meter in Prometheus' text format, of the type {@link #SCRAPE_CONTENT_TYPE}. */
    public String scrape() {
        return metrics.scrape();
    }

    /** The audit log; without a {@link Builder#dataSource} there is none and this throws. */
    public AuditLog audit() {
        return audit.orElseThrow(() -> new IllegalStateException(
                "observability: there is no audit log, for no dataSource was given to the builder"));
    }

    /** The last changes. */
    public RecentChanges changes() {
        return changes;
    }

    /** Unhandled errors by group. */
    public ErrorLog errors() {
        return errors;
    }

    /** Takes reports from browsers. */
    public ClientErrors clientErrors() {
        return clientErrors;
    }

    /** Traffic, errors and latency by route. */
    public GoldenSignals signals() {
        return signals;
    }

    Optional<AuditLog> auditIfAny() {
        return audit;
    }

    Optional<HealthReport> health() {
        return health.map(Supplier::get);
    }

    Optional<Logging> logging() {
        return logging;
    }

    Optional<SqlWatch> sql() {
        return sql;
    }

    InstantSource clock() {
        return clock;
    }

    /** Stops what the meters hold open. */
    @Override
    public void close() {
        metrics.close();
    }

    /** Collects what an {@link Observability} is made of. Not thread-safe. */
    public static final class Builder {

        private String service = "application";
        private @Nullable DataSource source;
        private @Nullable Logging logging;
        private @Nullable Supplier<HealthReport> health;
        private @Nullable SqlWatch sql;
        private InstantSource clock = InstantSource.system();
        private Ticker ticker = Ticker.system();
        private SecureRandom random = new SecureRandom();

        private Builder() {}

        /** The service's name, a tag of every meter. */
        public Builder service(String name) {
            if (name.isBlank() || name.length() > 64) {
                throw new IllegalArgumentException(
                        "observability: service was '" + name + "' but must be 1 to 64 characters, not blank");
            }
            service = name;
            return this;
        }

        /** The database of the audit log, migrated to {@link AuditLog#schema()} before it is used. */
        public Builder dataSource(DataSource value) {
            source = value;
            return this;
        }

        /** The JVM's logging, whose losses become meters and whose lines are checked; it is not closed with this. */
        public Builder logging(Logging value) {
            logging = value;
            return this;
        }

        /** Watches the database's statements and pool; wrap the data sources before. */
        public Builder sql(SqlWatch value) {
            sql = value;
            return this;
        }

        /** Where the application's health is to be had, once it is built; the readiness report asks. */
        public Builder health(Supplier<HealthReport> value) {
            health = value;
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

        /** Where the IDs of audit events come from. */
        public Builder random(SecureRandom value) {
            random = value;
            return this;
        }

        /** The finished object; its meters are live from now on. */
        public Observability build() {
            return new Observability(this);
        }
    }
}
