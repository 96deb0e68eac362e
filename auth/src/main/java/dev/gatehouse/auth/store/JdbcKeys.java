// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.auth.key.ApiKey;
import dev.gatehouse.auth.key.KeyRow;
import dev.gatehouse.auth.key.KeyStore;
import dev.gatehouse.auth.token.TokenHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** API keys in a table. */
record JdbcKeys(Handle handle) implements KeyStore {

    private static final String KEY = "k.key_hash, k.id, k.account_id, k.name, k.prefix, k.scopes, k.factor_used,"
            + " k.created_at AS key_created_at, k.expires_at, k.last_used_at";

    @Override
    public boolean create(KeyRow row, int most) {
        return lock(row.key().account()) && count(row.key().account()) < most && insert(row);
    }

    /** Holds the account's row until the transaction is over, so that nobody else counts meanwhile. */
    private boolean lock(String account) {
        return handle.createQuery("SELECT id FROM gatehouse_auth_account WHERE id = :id FOR UPDATE")
                .bind("id", account)
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    private int count(String account) {
        return handle.createQuery("SELECT count(*) FROM gatehouse_auth_key WHERE account_id = :account")
                .bind("account", account)
                .mapTo(Integer.class)
                .one();
    }

    private boolean insert(KeyRow row) {
        ApiKey key = row.key();
        return handle.createUpdate("INSERT INTO gatehouse_auth_key (key_hash, id, account_id, name, prefix, scopes,"
                                + " factor_used, created_at, expires_at, last_used_at) VALUES (:hash, :id, :account,"
                                + " :name, :prefix, :scopes, :factor, :created, :expires, :used)")
                        .bind("hash", row.hash().bytes())
                        .bind("id", key.id())
                        .bind("account", key.account())
                        .bind("name", key.name())
                        .bind("prefix", key.prefix())
                        .bind("scopes", Rows.roles(key.scopes()))
                        .bind("factor", row.factorUsed())
                        .bind("created", key.createdAt().toEpochMilli())
                        .bind("expires", key.expiresAt().toEpochMilli())
                        .bind("used", Rows.millis(key.lastUsedAt()))
                        .execute()
                == 1;
    }

    @Override
    public Optional<Found> find(TokenHash hash) {
        return handle.createQuery("SELECT " + KEY
                        + ", a.email, a.status, a.roles, a.created_at, a.epoch FROM gatehouse_auth_key k"
                        + " JOIN gatehouse_auth_account a ON a.id = k.account_id WHERE k.key_hash = :hash")
                .bind("hash", hash.bytes())
                .map((row, context) -> new Found(row(row), Rows.account(row)))
                .findOne();
    }

    @Override
    public void touch(TokenHash hash, Instant usedAt) {
        handle.createUpdate("UPDATE gatehouse_auth_key SET last_used_at = :used"
                        + " WHERE key_hash = :hash AND (last_used_at IS NULL OR last_used_at < :used)")
                .bind("hash", hash.bytes())
                .bind("used", usedAt.toEpochMilli())
                .execute();
    }

    @Override
    public boolean revoke(String account, String id) {
        return handle.createUpdate("DELETE FROM gatehouse_auth_key WHERE account_id = :account AND id = :id")
                        .bind("account", account)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    @Override
    public int revokeAll(String account) {
        return handle.createUpdate("DELETE FROM gatehouse_auth_key WHERE account_id = :account")
                .bind("account", account)
                .execute();
    }

    @Override
    public int forgetFactor(String account) {
        return handle.createUpdate("UPDATE gatehouse_auth_key SET factor_used = FALSE"
                        + " WHERE account_id = :account AND factor_used")
                .bind("account", account)
                .execute();
    }

    @Override
    public List<ApiKey> of(String account) {
        return handle.createQuery("SELECT " + KEY + " FROM gatehouse_auth_key k"
                        + " WHERE k.account_id = :account ORDER BY k.created_at DESC, k.id")
                .bind("account", account)
                .map((row, context) -> row(row).key())
                .list();
    }

    @Override
    public int purge(Instant expiredBy) {
        return handle.createUpdate("DELETE FROM gatehouse_auth_key WHERE expires_at <= :by")
                .bind("by", expiredBy.toEpochMilli())
                .execute();
    }

    private static KeyRow row(ResultSet row) throws SQLException {
        ApiKey key = new ApiKey(
                row.getString("id"),
                row.getString("account_id"),
                row.getString("name"),
                row.getString("prefix"),
                Rows.roles(row.getString("scopes")),
                Rows.instant(row, "key_created_at"),
                Rows.instant(row, "expires_at"),
                Rows.instantOrNull(row, "last_used_at"));
        return new KeyRow(TokenHash.stored(row.getBytes("key_hash")), key, row.getBoolean("factor_used"));
    }
}
