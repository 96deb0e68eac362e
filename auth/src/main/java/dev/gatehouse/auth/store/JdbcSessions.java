// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.auth.session.End;
import dev.gatehouse.auth.session.EndReason;
import dev.gatehouse.auth.session.Lineage;
import dev.gatehouse.auth.session.SessionRow;
import dev.gatehouse.auth.session.SessionStore;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.config.Secret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Sessions in a table. */
record JdbcSessions(Handle handle) implements SessionStore {

    private static final String TABLE = "gatehouse_auth_session";
    private static final String SESSION = "s.token_hash, s.id, s.account_id, s.epoch AS session_epoch, s.signed_in_at,"
            + " s.last_seen_at, s.ends_at, s.factor_at, s.client, s.actor, s.seed, s.generation, s.rotated_at, s.ended_at,"
            + " s.end_reason";
    private static final String FOUND = "SELECT " + SESSION
            + ", a.email, a.status, a.roles, a.created_at, a.epoch, g.confirmed FROM gatehouse_auth_session s"
            + " JOIN gatehouse_auth_account a ON a.id = s.account_id"
            + " LEFT JOIN gatehouse_auth_generator g ON g.account_id = a.id WHERE ";
    private static final String END =
            "UPDATE gatehouse_auth_session SET ended_at = :at, end_reason = :reason WHERE ended_at IS NULL AND ";

    @Override
    public void create(SessionRow row) {
        Update insert = handle.createUpdate("INSERT INTO gatehouse_auth_session"
                + " (token_hash, id, account_id, epoch, signed_in_at, last_seen_at, ends_at, factor_at, client, actor, seed,"
                + " generation, rotated_at) VALUES (:hash, :id, :account, :epoch, :signedIn, :lastSeen, :ends, :factor,"
                + " :client, :actor, :seed, :generation, :rotated)");
        made(insert, row.hash(), row.lineage())
                .bind("id", row.id())
                .bind("account", row.account())
                .bind("epoch", row.epoch())
                .bind("signedIn", row.signedInAt().toEpochMilli())
                .bind("lastSeen", row.lastSeenAt().toEpochMilli())
                .bind("ends", row.endsAt().toEpochMilli())
                .bind("factor", Rows.millis(row.factorAt()))
                .bind("client", row.client())
                .bind("actor", row.actor())
                .execute();
    }

    private static <S extends SqlStatement<S>> S made(S statement, TokenHash hash, Lineage lineage) {
        return statement
                .bind("hash", hash.bytes())
                .bind("seed", lineage.seed().reveal())
                .bind("generation", lineage.generation())
                .bind("rotated", Rows.millis(lineage.rotatedAt()));
    }

    @Override
    public Optional<Found> find(TokenHash hash) {
        return handle.createQuery(FOUND + "s.token_hash = :hash")
                .bind("hash", hash.bytes())
                .map((row, context) -> found(row))
                .findOne();
    }

    @Override
    public Optional<Found> byId(String id) {
        return handle.createQuery(FOUND + "s.id = :id")
                .bind("id", id)
                .map((row, context) -> found(row))
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
    public void reauthenticated(String id, Instant at) {
        handle.createUpdate("UPDATE gatehouse_auth_session SET signed_in_at = :at WHERE id = :id")
                .bind("id", id)
                .bind("at", at.toEpochMilli())
                .execute();
    }

    @Override
    public boolean rotate(TokenHash from, TokenHash to, Lineage fresh, @Nullable Instant factorAt) {
        Update rotate = handle.createUpdate("UPDATE gatehouse_auth_session SET token_hash = :hash, seed = :seed,"
                + " generation = :generation, rotated_at = :rotated, factor_at = coalesce(:factor, factor_at)"
                + " WHERE token_hash = :from AND ended_at IS NULL");
        return made(rotate, to, fresh)
                        .bind("from", from.bytes())
                        .bind("factor", Rows.millis(factorAt))
                        .execute()
                == 1;
    }

    @Override
    public boolean refresh(SessionRow row, SessionRow next) {
        Update refresh = handle.createUpdate("UPDATE gatehouse_auth_session SET token_hash = :hash,"
                + " generation = :generation, rotated_at = :rotated, last_seen_at = :seen"
                + " WHERE id = :id AND seed = :seed AND generation = :before AND ended_at IS NULL");
        return made(refresh, next.hash(), next.lineage())
                        .bind("id", row.id())
                        .bind("before", row.lineage().generation())
                        .bind("seen", next.lastSeenAt().toEpochMilli())
                        .execute()
                == 1;
    }

    @Override
    public boolean end(TokenHash hash, End how) {
        return ending("token_hash = :hash", how).bind("hash", hash.bytes()).execute() == 1;
    }

    @Override
    public boolean end(String account, String id, End how) {
        return ending("account_id = :account AND id = :id", how)
                        .bind("account", account)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    @Override
    public int endAll(String account, String exceptId, End how) {
        return ending("account_id = :account AND id <> :id", how)
                .bind("account", account)
                .bind("id", exceptId)
                .execute();
    }

    private Update ending(String which, End how) {
        return handle.createUpdate(END + which)
                .bind("at", how.at().toEpochMilli())
                .bind("reason", how.reason().name());
    }

    @Override
    public void carry(String account, long epoch) {
        handle.createUpdate("UPDATE gatehouse_auth_session SET epoch = :epoch"
                        + " WHERE account_id = :account AND epoch = :before AND ended_at IS NULL")
                .bind("account", account)
                .bind("epoch", epoch)
                .bind("before", epoch - 1)
                .execute();
    }

    @Override
    public List<SessionRow> of(String account) {
        return handle.createQuery("SELECT " + SESSION + " FROM gatehouse_auth_session s"
                        + " WHERE s.account_id = :account AND s.ended_at IS NULL ORDER BY s.last_seen_at DESC, s.id")
                .bind("account", account)
                .map((row, context) -> session(row))
                .list();
    }

    @Override
    public int expire(Instant now, Duration idle) {
        return handle.createUpdate("UPDATE gatehouse_auth_session SET"
                        + " ended_at = CASE WHEN ends_at <= last_seen_at + :idle THEN ends_at ELSE last_seen_at + :idle END,"
                        + " end_reason = CASE WHEN ends_at <= last_seen_at + :idle THEN 'ABSOLUTE' ELSE 'IDLE' END"
                        + " WHERE " + Rows.unlocked(TABLE, "ended_at IS NULL AND last_seen_at <= :since"))
                .bind("idle", idle.toMillis())
                .bind("since", now.minus(idle).toEpochMilli())
                .execute();
    }

    @Override
    public int purge(Instant endedBy, Instant seenBy) {
        String over = "ended_at <= :ended OR ends_at <= :ended OR last_seen_at <= :seen";
        return handle.createUpdate("DELETE FROM gatehouse_auth_session WHERE " + Rows.unlocked(TABLE, over))
                .bind("ended", endedBy.toEpochMilli())
                .bind("seen", seenBy.toEpochMilli())
                .execute();
    }

    private static Found found(ResultSet row) throws SQLException {
        return new Found(session(row), Rows.account(row), row.getString("confirmed") != null);
    }

    private static SessionRow session(ResultSet row) throws SQLException {
        return new SessionRow(
                TokenHash.stored(row.getBytes("token_hash")),
                row.getString("id"),
                row.getString("account_id"),
                row.getLong("session_epoch"),
                Rows.instant(row, "signed_in_at"),
                Rows.instant(row, "last_seen_at"),
                Rows.instant(row, "ends_at"),
                Rows.instantOrNull(row, "factor_at"),
                row.getString("client"),
                row.getString("actor"),
                lineage(row),
                end(row));
    }

    private static Lineage lineage(ResultSet row) throws SQLException {
        return new Lineage(
                Secret.of(row.getString("seed")), row.getLong("generation"), Rows.instantOrNull(row, "rotated_at"));
    }

    private static @Nullable End end(ResultSet row) throws SQLException {
        Instant at = Rows.instantOrNull(row, "ended_at");
        return at == null ? null : new End(at, EndReason.valueOf(row.getString("end_reason")));
    }
}
