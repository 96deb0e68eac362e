// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import dev.gatehouse.backup.source.Facts;
import dev.gatehouse.backup.source.Invariant;
import dev.gatehouse.backup.source.MigrationHistory;
import dev.gatehouse.backup.source.RestoredDatabase;
import dev.gatehouse.config.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A database that was made for a restore, by a role that is no superuser.
 *
 * @param login the role that owns it
 * @param reader who sees all of it, which may be another role
 * @param end removes it
 */
record OwnedDatabase(Login login, Login reader, End end) implements RestoredDatabase {

    @Override
    public String url() {
        return login.url();
    }

    @Override
    public String user() {
        return login.user();
    }

    @Override
    public Secret password() {
        return login.password();
    }

    @Override
    public Connection connect() throws SQLException {
        return login.connect();
    }

    @Override
    public Facts facts(List<Invariant> invariants) throws SQLException {
        try (Connection connection = held()) {
            Queries queries = new Queries(connection);
            Map<String, String> facts = new TreeMap<>(new DataFacts(queries).read(invariants, 0));
            facts.putAll(new SchemaFacts(queries).read());
            return Facts.of(facts);
        }
    }

    @Override
    public List<String> differences(Facts recorded, List<Invariant> invariants) throws SQLException {
        try (Connection connection = held()) {
            Queries queries = new Queries(connection);
            Map<String, String> here = new TreeMap<>(new DataFacts(queries).readLike(recorded, invariants));
            here.putAll(new SchemaFacts(queries).read());
            Map<String, String> there = new TreeMap<>(recorded.values());
            there.keySet().removeIf(name -> name.startsWith(Needs.PREFIX) || name.startsWith(Sequences.PREFIX));
            List<String> differences = new ArrayList<>(Facts.of(there).differences(Facts.of(here)));
            differences.addAll(new Sequences(queries).behind(recorded.values()));
            return differences;
        }
    }

    private Connection held() throws SQLException {
        Connection connection = reader.connect();
        new Queries(connection).prepare();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public List<String> complaints() throws SQLException {
        try (Connection connection = reader.connect()) {
            return new MigrationHistory(connection).failures();
        }
    }

    @Override
    public void close() {
        end.run();
    }

    /** Removes a database. */
    @FunctionalInterface
    interface End {
        /** Removes it. */
        void run();
    }
}
