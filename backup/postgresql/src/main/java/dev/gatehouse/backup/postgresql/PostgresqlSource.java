// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import dev.gatehouse.backup.source.BackupSource;
import dev.gatehouse.backup.source.Facts;
import dev.gatehouse.backup.source.Invariant;
import dev.gatehouse.backup.source.MigrationHistory;
import dev.gatehouse.backup.source.RestoredDatabase;
import dev.gatehouse.backup.source.Snapshot;
import dev.gatehouse.config.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One database of a PostgreSQL server, dumped while it is being written. A transaction of isolation REPEATABLE READ is held
 * open; in it the facts and invariants are read, and {@code pg_dump} reads the same snapshot, which the transaction exported.
 * Roles and tablespaces go along as a part of their own, without passwords.
 *
 * <p>Outside any transaction are sequences: a restored one stands where it stood at the snapshot or further on. The role
 * must be able to read every row: one that row security keeps rows from is refused. The client programs must be of the
 * server's major version or newer; older ones are refused before anything is written. Thread-safe.
 */
public final class PostgresqlSource implements BackupSource {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final long CHECKSUMS = 64L << 20;

    private final String name;
    private final Login login;
    private final List<Invariant> invariants;
    private final Optional<Path> programs;
    private final long checksums;
    private final DrillServers drills;

    private PostgresqlSource(Builder settings) {
        this.name = settings.name;
        this.login = Login.of(settings.url, settings.user, settings.password);
        this.invariants = Invariant.distinct(settings.name, settings.invariants);
        this.programs = settings.programs;
        this.checksums = settings.checksums;
        this.drills = new DrillServers(settings.drills, settings.programs);
    }

    /** A source of this name, for the database of this JDBC URL, {@code jdbc:postgresql://host/database}. */
    public static Builder of(String name, String url) {
        return new Builder(name, url);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Snapshot snapshot(Path work) throws IOException, SQLException {
        Connection connection = login.connect();
        try {
            Queries queries = new Queries(connection);
            queries.prepare();
            Programs dump = Programs.atLeast(queries.version().major(), programs, "pg_dump");
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            requireEveryRow(queries);
            return new PostgresqlSnapshot(login, connection, dump, invariants, checksums);
        } catch (IOException | SQLException | RuntimeException e) {
            connection.abort(Runnable::run);
            throw e;
        }
    }

    private void requireEveryRow(Queries queries) throws SQLException {
        List<String> hidden = new Cautions(queries).hidden();
        if (!hidden.isEmpty()) {
            throw new SQLException("backup.source." + name + ": row security keeps rows of "
                    + String.join(", ", hidden) + " from " + login.user()
                    + ", so a dump would not be whole; use the tables' owner or a role with BYPASSRLS");
        }
    }

    @Override
    public List<String> obstacles(String engine, Facts facts) throws IOException, SQLException {
        return drills.obstacles(facts);
    }

    @Override
    public List<String> drift(Facts facts) throws SQLException {
        try (Connection connection = login.connect()) {
            Queries queries = new Queries(connection);
            queries.prepare();
            Map<String, String> now = new TreeMap<>(new MigrationHistory(connection).applied());
            queries.nameWhole();
            now.putAll(new SchemaFacts(queries).read());
            return facts.schema().differences(Facts.of(now));
        }
    }

    @Override
    public RestoredDatabase open(Path folder, Facts recorded) throws IOException, SQLException {
        return drills.open(folder, recorded);
    }

    @Override
    public RestoredDatabase openEmpty(Path folder, Facts recorded) throws IOException, SQLException {
        return drills.openEmpty(folder, recorded);
    }

    /** Builds a {@link PostgresqlSource}. */
    public static final class Builder {

        private final String name;
        private final String url;
        private final List<Invariant> invariants = new ArrayList<>();
        private final List<DrillServer> drills = new ArrayList<>();
        private @Nullable String user;
        private @Nullable Secret password;
        private Optional<Path> programs = Optional.empty();
        private long checksums = CHECKSUMS;

        private Builder(String name, String url) {
            this.name = name;
            this.url = url;
        }

        /** The role that dumps: it must be able to read everything, and needs to write nothing. */
        public Builder user(String user) {
            this.user = user;
            return this;
        }

        /** The role's password; it reaches child processes in their environment only. */
        public Builder password(Secret password) {
            this.password = password;
            return this;
        }

        /** A fact that every restored copy must reproduce exactly, beside the rows of each table; at most 1,000. */
        public Builder invariant(String name, String sql) {
            invariants.add(new Invariant(name, sql));
            return this;
        }

        /** The folder of pg_dump, pg_dumpall and pg_restore; by default they are looked for where systems put them. */
        public Builder programs(Path folder) {
            this.programs = Optional.of(folder);
            return this;
        }

        /**
         * How many bytes of tables get a checksum of what is in them, the smallest tables first; 64 MiB by default, 0 for
         * none. The rows of all tables are counted in any case.
         */
        public Builder checksums(long bytes) {
            this.checksums = bytes;
            return this;
        }

        /**
         * A server that drills may use; the first of those named that is of the right version is used. Without any, the
         * server programs installed on this machine start one.
         */
        public Builder drillOn(DrillServer server) {
            drills.add(server);
            return this;
        }

        /** The source; refuses a malformed name or URL, and two invariants of one name. */
        public PostgresqlSource build() {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("backup.source: name was '" + name
                        + "' but must be at most 40 lower-case letters, digits and hyphens, beginning with a letter");
            }
            if (checksums < 0) {
                throw new IllegalArgumentException(
                        "backup.source." + name + ": checksums was " + checksums + " but must be at least 0");
            }
            return new PostgresqlSource(this);
        }
    }
}
