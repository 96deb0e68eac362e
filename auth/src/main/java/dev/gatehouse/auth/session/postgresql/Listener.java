// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session.postgresql;

import dev.gatehouse.auth.session.SessionNews.Hearer;
import dev.gatehouse.auth.session.SessionNews.Subscription;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that listens, and connects again for as long as it is not closed. */
final class Listener implements Runnable, Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int QUIET_MILLIS = 5_000;
    private static final int SIGN_OF_LIFE_SECONDS = 3;

    private final DataSource source;
    private final Hearer hearer;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Connection connection;
    private Duration pause = FIRST_PAUSE;
    private boolean hearing = true;

    Listener(DataSource source, Hearer hearer) {
        this.source = source;
        this.hearer = hearer;
    }

    @Override
    public void run() {
        while (isOpen()) {
            try (Connection fresh = source.getConnection()) {
                connection = fresh;
                hear(fresh);
            } catch (SQLException | RuntimeException e) {
                lost(e);
            }
            rest();
        }
    }

    private void hear(Connection fresh) throws SQLException {
        fresh.setAutoCommit(true);
        try (Statement statement = fresh.createStatement()) {
            statement.execute("LISTEN " + PostgresqlNews.CHANNEL);
        }
        PGConnection postgresql = fresh.unwrap(PGConnection.class);
        pause = FIRST_PAUSE;
        hearing = true;
        hearer.connected();
        while (isOpen()) {
            PGNotification[] heard = postgresql.getNotifications(QUIET_MILLIS);
            if (heard == null || heard.length == 0) {
                demandSignOfLife(fresh);
            } else {
                tell(heard);
            }
        }
    }

    /** A connection whose other end is gone without a word hears nothing either. */
    private static void demandSignOfLife(Connection quiet) throws SQLException {
        if (!quiet.isValid(SIGN_OF_LIFE_SECONDS)) {
            throw new SQLException("the connection shows no sign of life");
        }
    }

    private void tell(PGNotification[] heard) {
        for (PGNotification one : heard) {
            hearer.changed(one.getParameter());
        }
    }

    private void lost(Exception why) {
        if (!isOpen()) {
            return;
        }
        if (hearing) {
            hearing = false;
            hearer.lost();
            LOG.warn("no news of sessions for now; caches are at most five seconds behind: {}", why.toString());
        } else {
            LOG.debug("still no news of sessions", why);
        }
    }

    private void rest() {
        try {
            var unused = closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        } catch (InterruptedException e) {
            close();
        }
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    /** Waits for nobody: the connection is cut under the listening thread, which then ends. */
    @Override
    public void close() {
        closed.countDown();
        Connection last = connection;
        if (last != null) {
            try {
                last.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("the listener's connection was gone already", e);
            }
        }
    }
}
