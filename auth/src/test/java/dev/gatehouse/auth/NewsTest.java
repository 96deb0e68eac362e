// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.auth.session.EndReason;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.session.SessionNews.Subscription;
import dev.gatehouse.auth.session.SessionTokens;
import dev.gatehouse.auth.session.postgresql.PostgresqlNews;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.store.Databases;
import dev.gatehouse.config.Secret;
import dev.gatehouse.testing.TestDatabases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Two instances on one PostgreSQL: what dies on the one is dead on the other. */
final class NewsTest {

    private static final DataSource RAW = TestDatabases.postgresql();
    private static final DataSource POOL = Databases.migrated(RAW);

    private final Gatekeeper door = new Gatekeeper(RAW);
    private final WatchedNews heardByB = new WatchedNews(PostgresqlNews.on(door));
    private AuthStore store = AuthStore.inMemory();
    private World a = new World();
    private World b = new World();
    private Subscription listening = () -> {};

    @BeforeEach
    void start() {
        store = Databases.emptied(POOL);
        a = new World(store, builder -> builder.sessionNews(PostgresqlNews.on(POOL)));
        b = new World(store, builder -> builder.sessionNews(heardByB));
        a.ann();
        b.time.advance(Duration.between(b.time.instant(), a.time.instant()));
        listening = b.auth.listen();
        heardByB.awaitConnected();
    }

    @AfterEach
    void stop() {
        listening.close();
    }

    /** A session that B has in its cache. */
    private SessionTokens cached() {
        SessionTokens tokens = a.signIn().tokens();
        assertThat(b.auth.session(tokens.session())).isPresent();
        heardByB.forget();
        return tokens;
    }

    private boolean isLiveOnB(SessionTokens tokens) {
        return b.auth.session(tokens.session()).isPresent();
    }

    @Test
    void whatWasSignedOutHereIsDeadThereAtOnce() {
        SessionTokens tokens = cached();
        a.auth.logout(tokens.session());
        heardByB.awaitChanged();
        assertThat(isLiveOnB(tokens)).isFalse();
    }

    @Test
    void whatAChangeOfThePasswordEndsIsDeadThereAtOnceAndTheSessionItselfGoesOn() {
        SessionTokens other = cached();
        SessionTokens own = cached();
        Secret chosen = Secret.of("quite another long password");
        PasswordChange change = a.auth.recovery().changePassword(own.session(), RIGHT, chosen);
        heardByB.awaitChanged();
        assertThat(isLiveOnB(other)).isFalse();
        assertThat(isLiveOnB(own)).isFalse();
        assertThat(b.auth.session(((PasswordChange.Changed) change).tokens().session()))
                .isPresent();
    }

    @Test
    void whatDisablingTheAccountEndsIsDeadThereAtOnce() {
        SessionTokens tokens = cached();
        Session ann = a.session(tokens.session());
        a.auth.setStatus(ann, ann.account(), Status.DISABLED);
        heardByB.awaitChanged();
        assertThat(isLiveOnB(tokens)).isFalse();
        assertThat(b.auth.whyEnded(tokens.session())).contains(EndReason.ACCOUNT_DISABLED);
    }

    @Test
    void whatIsRolledBackIsNotTold() {
        SessionTokens tokens = cached();
        Session ann = a.session(tokens.session());
        assertThatThrownBy(() -> store.transact(unit -> {
                    new SessionFlow(a.auth.parts()).endAll(unit, ann.account(), "", EndReason.REVOKED);
                    throw new IllegalStateException("half way");
                }))
                .hasMessage("half way");
        assertThat(isLiveOnB(tokens)).isTrue();
        a.auth.logout(tokens.session());
        heardByB.awaitChanged();
        assertThat(heardByB.changes()).isEqualTo(1);
    }

    @Test
    void tellsTheAccountsIdAndNothingElse() throws SQLException {
        SessionTokens tokens = cached();
        String ann = a.session(tokens.session()).account();
        try (Connection connection = RAW.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("LISTEN gatehouse_auth");
            a.auth.logout(tokens.session());
            PGNotification[] told = connection.unwrap(PGConnection.class).getNotifications(10_000);
            assertThat(Arrays.stream(told).map(PGNotification::getParameter)).containsExactly(ann);
        }
    }

    @Test
    void withoutTheListenerItIsDeadThereWithinFiveSeconds() throws SQLException {
        SessionTokens tokens = cached();
        cutTheListener();
        a.auth.logout(tokens.session());
        assertThat(isLiveOnB(tokens)).as("nobody told B").isTrue();
        b.time.advance(Duration.ofSeconds(5));
        assertThat(isLiveOnB(tokens)).isFalse();
    }

    @Test
    void theListenerConnectsAgainAndForgetsWhatItMayHaveMissed() throws SQLException {
        SessionTokens missed = cached();
        SessionTokens later = cached();
        cutTheListener();
        a.auth.logout(missed.session());
        assertThat(isLiveOnB(missed)).isTrue();
        door.open = true;
        heardByB.awaitConnected();
        assertThat(isLiveOnB(missed)).isFalse();
        assertThat(isLiveOnB(later)).isTrue();
        a.auth.logout(later.session());
        heardByB.awaitChanged();
        assertThat(isLiveOnB(later)).isFalse();
    }

    /** Ends the listener's backend, and lets it connect to no other. */
    private void cutTheListener() throws SQLException {
        door.open = false;
        try (Connection connection = RAW.getConnection();
                Statement statement = connection.createStatement();
                ResultSet ended = statement.executeQuery("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                        + " AND query LIKE 'LISTEN gatehouse_auth%'")) {
            assertThat(ended.next()).isTrue();
            assertThat(ended.getInt(1)).isEqualTo(1);
        }
        heardByB.awaitLost();
    }

    @Test
    void aLookUpThatMeetsANewEpochOutdatesTheCacheWithoutAnyNews() throws SQLException {
        SessionTokens other = cached();
        SessionTokens own = cached();
        cutTheListener();
        a.auth.revokeOthers(a.session(own.session()));
        assertThat(isLiveOnB(other)).as("nobody told B").isTrue();
        assertThat(b.auth.sessionNow(own.session())).isPresent();
        assertThat(isLiveOnB(other)).isFalse();
    }
}
