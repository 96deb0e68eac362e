// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.auth.session.SessionRow;
import dev.gatehouse.auth.session.SessionStore;
import dev.gatehouse.auth.token.TokenHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Sessions in a table. */
record JdbcSessions(Handle handle) implements SessionStore {

    private static final String SESSION =
            "s.token_hash, s.id, s.account_id, s.signed_in_at, s.last_seen_at, s.ends_at, s.factor_at, s.client";

    @Override
    public void create(SessionRow row) {
        handle.createUpdate("INSERT INTO gatehouse_auth_session"
                        + " (token_hash, id, account_id, signed_in_at, last_seen_at, ends_at, factor_at, client)"
                        + " VALUES (:hash, :id, :account, :signedIn, :lastSeen, :ends, :factor, :client)")
                .bind("hash", row.hash().bytes())
                .bind("id", row.id())
                .bind("account", row.account())
                .bind("signedIn", row.signedInAt().toEpochMilli())
                .bind("lastSeen", row.lastSeenAt().toEpochMilli())
                .bind("ends", row.endsAt().toEpochMilli())
                .bind("factor", Rows.millis(row.factorAt()))
                .bind("client", row.client())
                .execute();
    }

    @Override
    public Optional<Found> find(TokenHash hash) {
        return handle.createQuery("SELECT " + SESSION + ", a.email, a.status, a.roles, a.created_at, g.confirmed"
                        + " FROM gatehouse_auth_session s JOIN gatehouse_auth_account a ON a.id = s.account_id"
                        + " LEFT JOIN gatehouse_auth_generator g ON g.account_id = a.id"
                        + " WHERE s.token_hash = :hash")
                .bind("hash", hash.bytes())
                .map((row, context) -> new Found(session(row), Rows.account(row), row.getString("confirmed") != null))
                .findOne();
    }

    @Override
    public void touch(TokenHash hash, Instant seenAt) {
        handle.createUpdate("UPDATE gatehouse_auth_session SET last_seen_at = :seen"
                        + " WHERE token_hash = :hash AND last_seen_at < :seen")
                .bind("hash", hash.bytes())
                .bind("seen", seenAt.toEpochMilli())
                .execute();
    }

    @Override
    public boolean rotate(TokenHash from, TokenHash to, Instant factorAt) {
        return handle.createUpdate("UPDATE gatehouse_auth_session SET token_hash = :to, factor_at = :factor"
                                + " WHERE token_hash = :from")
                        .bind("from", from.bytes())
                        .bind("to", to.bytes())
                        .bind("factor", factorAt.toEpochMilli())
                        .execute()
                == 1;
    }

    @Override
    public boolean end(TokenHash hash) {
        return handle.createUpdate("DELETE FROM gatehouse_auth_session WHERE token_hash = :hash")
                        .bind("hash", hash.bytes())
                        .execute()
                == 1;
    }

    @Override
    public boolean end(String account, String id) {
        return handle.createUpdate("DELETE FROM gatehouse_auth_session WHERE account_id = :account AND id = :id")
                        .bind("account", account)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    @Override
    public int endAll(String account, String exceptId) {
        return handle.createUpdate("DELETE FROM gatehouse_auth_session WHERE account_id = :account AND id <> :id")
                .bind("account", account)
                .bind("id", exceptId)
                .execute();
    }

    @Override
    public List<SessionRow> of(String account) {
        return handle.createQuery("SELECT " + SESSION + " FROM gatehouse_auth_session s"
                        + " WHERE s.account_id = :account ORDER BY s.last_seen_at DESC, s.id")
                .bind("account", account)
                .map((row, context) -> session(row))
                .list();
    }

    @Override
    public int purge(Instant now, Instant idleSince) {
        return handle.createUpdate(
                        "DELETE FROM gatehouse_auth_session WHERE ends_at <= :now OR last_seen_at <= :idleSince")
                .bind("now", now.toEpochMilli())
                .bind("idleSince", idleSince.toEpochMilli())
                .execute();
    }

    private static SessionRow session(ResultSet row) throws SQLException {
        return new SessionRow(
                TokenHash.stored(row.getBytes("token_hash")),
                row.getString("id"),
                row.getString("account_id"),
                Rows.instant(row, "signed_in_at"),
                Rows.instant(row, "last_seen_at"),
                Rows.instant(row, "ends_at"),
                Rows.instantOrNull(row, "factor_at"),
                row.getString("client"));
    }
}
