// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session.postgresql;

import dev.gatehouse.auth.session.SessionNews;
import dev.gatehouse.auth.store.AuthStoreException;
import dev.gatehouse.jdbc.Tx;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * News by PostgreSQL's LISTEN and NOTIFY: told in the transaction that makes them, so that they are heard if and only if
 * it is committed, and at once. What is sent is the account's opaque ID and nothing else. Thread-safe.
 *
 * <p>A listener holds one connection of its own for as long as it listens. When that is lost it connects again, after 100
 * ms at first and 5 s at most, and has everything forgotten, for it may have missed something. The connection is asked for
 * a sign of life when nothing was heard for a while.
 */
public final class PostgresqlNews implements SessionNews {

    static final String CHANNEL = "gatehouse_auth";

    private final DataSource source;

    private PostgresqlNews(DataSource source) {
        this.source = source;
    }

    /**
     * News in the database of {@code source}, which must lead straight to the server: a pooler that shares connections
     * between transactions (PgBouncer in that mode) loses what is listened for. A pool of the application does, with one
     * connection to spare.
     */
    public static SessionNews on(DataSource source) {
        return new PostgresqlNews(source);
    }

    @Override
    public void tell(Tx tx, String account) {
        try (PreparedStatement notify = tx.connection().prepareStatement("SELECT pg_notify(?, ?)")) {
            notify.setString(1, CHANNEL);
            notify.setString(2, account);
            notify.execute();
        } catch (SQLException e) {
            throw new AuthStoreException(e);
        }
    }

    @Override
    public Subscription listen(Hearer hearer) {
        Listener listener = new Listener(source, hearer);
        Thread thread = new Thread(listener, "gatehouse-auth-news");
        thread.setDaemon(true);
        thread.start();
        return listener;
    }
}
