// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** One connection, and the thread that sends it rows. Its queue is bounded by how many rows there are. */
final class Lane implements AutoCloseable {

    /** As pg_restore sets its session: what rows, checks and expressions mean must not depend on the role's settings. */
    private static final List<String> SETTINGS = List.of(
            "SET search_path = ''",
            "SET xmloption = content",
            "SET check_function_bodies = off",
            "SET row_security = off",
            "SET statement_timeout = 0",
            "SET lock_timeout = 0",
            "SET idle_in_transaction_session_timeout = 0",
            "SET synchronous_commit = off");

    private final Connection connection;
    private final Consumer<Rows> sent;
    private final Consumer<Throwable> failed;
    private final BlockingQueue<Optional<Rows>> queue = new LinkedBlockingQueue<>();
    private final Thread thread;

    private Lane(Connection connection, int number, Consumer<Rows> sent, Consumer<Throwable> failed) {
        this.connection = connection;
        this.sent = sent;
        this.failed = failed;
        this.thread = new Thread(this::run, "gatehouse-backup-rows-" + number);
        this.thread.setDaemon(true);
    }

    /** {@code sent} gets rows back that are no longer needed. */
    static Lane open(Login target, int number, Consumer<Rows> sent, Consumer<Throwable> failed) throws SQLException {
        Connection connection = target.connect();
        try {
            Queries queries = new Queries(connection);
            for (String setting : SETTINGS) {
                queries.execute(setting);
            }
        } catch (SQLException e) {
            connection.abort(Runnable::run);
            throw e;
        }
        Lane lane = new Lane(connection, number, sent, failed);
        lane.thread.start();
        return lane;
    }

    int waiting() {
        return queue.size();
    }

    void send(Rows rows) {
        queue.add(Optional.of(rows));
    }

    /** Nothing follows. */
    void end() {
        queue.add(Optional.empty());
    }

    void await() throws InterruptedIOException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("backup.postgresql: interrupted while rows were restored");
        }
    }

    private void run() {
        try {
            sendAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed.accept(e);
        } catch (SQLException | RuntimeException | Error e) { // whatever it is ends the restore
            failed.accept(e);
        }
    }

    private void sendAll() throws SQLException, InterruptedException {
        PGConnection server = connection.unwrap(PGConnection.class);
        String command = "";
        Optional<CopyIn> copy = Optional.empty();
        for (Optional<Rows> next = queue.take(); next.isPresent(); next = queue.take()) {
            Rows rows = next.get();
            if (copy.isEmpty() || !command.equals(rows.command())) {
                end(copy);
                command = rows.command();
                copy = Optional.of(server.getCopyAPI().copyIn(command));
            }
            copy.get().writeToCopy(rows.bytes(), 0, rows.length());
            sent.accept(rows);
        }
        end(copy);
    }

    private static void end(Optional<CopyIn> copy) throws SQLException {
        if (copy.isPresent()) {
            copy.get().endCopy();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It is gone in any case.
            return;
        }
    }
}
