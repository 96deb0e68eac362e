// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import dev.gatehouse.backup.source.Facts;
import dev.gatehouse.backup.source.Invariant;
import dev.gatehouse.backup.source.Part;
import dev.gatehouse.backup.source.Snapshot;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.postgresql.PGConnection;

/**
 * One instant of a database: a transaction that is held open, in which the facts are read while pg_dump reads the same
 * snapshot by its exported name.
 */
final class PostgresqlSnapshot implements Snapshot {

    static final String DUMP = "database.dump";
    static final String GLOBALS = "globals.sql";

    private final Connection connection;
    private final List<Invariant> invariants;
    private final Programs programs;
    private final Login login;
    private final String id;
    private final long bytes;
    private final Version server;
    private final FutureTask<Facts> facts;
    private final List<String> warnings = new ArrayList<>();

    /** Takes over {@code connection}, in whose transaction nothing has been read yet. */
    PostgresqlSnapshot(Login login, Connection connection, Programs programs, List<Invariant> invariants, long budget)
            throws SQLException {
        this.login = login;
        this.connection = connection;
        this.programs = programs;
        this.invariants = List.copyOf(invariants);
        Queries queries = new Queries(connection);
        this.id = queries.value("SELECT pg_export_snapshot()");
        // Before pg_dump can read any sequence, for these stand outside the snapshot.
        Map<String, String> early = new TreeMap<>(new Sequences(queries).read());
        early.putAll(new Needs(queries).read());
        early.put(Needs.CLIENT, programs.version().toString());
        this.bytes = Long.parseLong(queries.value("SELECT COALESCE(sum(pg_table_size(oid)), 0) FROM pg_class"
                + " WHERE relkind IN ('r', 'm') AND relnamespace <> 'pg_catalog'::regnamespace"));
        this.server = queries.version();
        warnings.addAll(new Cautions(queries).read());
        this.facts = new FutureTask<>(() -> {
            early.putAll(new DataFacts(queries).read(this.invariants, budget));
            early.putAll(new SchemaFacts(queries).read());
            return Facts.of(early);
        });
        Thread reader = new Thread(facts, "gatehouse-backup-facts");
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public String engine() {
        return "PostgreSQL " + server + ", pg_dump " + programs.version();
    }

    @Override
    public List<Part> parts() {
        ProcessBuilder dump = login.command(List.of(
                programs.program("pg_dump").toString(),
                "--format=custom",
                "--compress=0",
                "--no-password",
                "--lock-wait-timeout=60s",
                "--snapshot=" + id));
        ProcessBuilder globals = login.command(List.of(
                programs.program("pg_dumpall").toString(),
                "--globals-only",
                "--no-role-passwords",
                "--no-password",
                "--database=" + login.database()));
        Part rows = Part.process(DUMP, OptionalLong.of(bytes), dump, line -> false);
        return List.of(
                Part.stream(DUMP, OptionalLong.of(bytes), () -> new Blaming(rows.open(), facts)),
                Part.process(GLOBALS, OptionalLong.empty(), globals, line -> false));
    }

    @Override
    public Facts facts() throws IOException, SQLException {
        try {
            return facts.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("backup.postgresql: interrupted while the facts were read");
        } catch (ExecutionException e) {
            throw new SQLException("backup.postgresql: the facts could not be read: " + e.getCause(), e);
        }
    }

    @Override
    public List<Invariant> invariants() {
        return invariants;
    }

    @Override
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public void close() throws SQLException {
        if (!facts.isDone()) {
            connection.unwrap(PGConnection.class).cancelQuery();
            facts.cancel(true);
        }
        connection.abort(Runnable::run);
    }
}
