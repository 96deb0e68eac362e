// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.account.AccountStore;
import dev.gatehouse.auth.account.EmailAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Accounts in a table. */
record JdbcAccounts(Handle handle) implements AccountStore {

    private static final String SELECT =
            "SELECT id AS account_id, email, status, roles, created_at, epoch, password_hash FROM gatehouse_auth_account ";

    @Override
    public boolean create(Account account, String emailKey, String passwordHash) {
        return Rows.added(Rows.insert(
                        handle,
                        "INSERT INTO gatehouse_auth_account"
                                + " (id, email, email_key, password_hash, status, roles, created_at)"
                                + " VALUES (:id, :email, :key, :hash, :status, :roles, :created)")
                .bind("id", account.id())
                .bind("email", account.email())
                .bind("key", emailKey)
                .bind("hash", passwordHash)
                .bind("status", account.status().name())
                .bind("roles", Rows.roles(account.roles()))
                .bind("created", account.createdAt().toEpochMilli()));
    }

    @Override
    public Optional<Credentials> credentials(String emailKey) {
        return handle.createQuery(SELECT + "WHERE email_key = :key")
                .bind("key", emailKey)
                .map((row, context) -> new Credentials(Rows.account(row), row.getString("password_hash")))
                .findOne();
    }

    @Override
    public Optional<Account> find(String id) {
        return handle.createQuery(SELECT + "WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> Rows.account(row))
                .findOne();
    }

    @Override
    public Optional<Account> lock(String id) {
        return handle.createQuery(SELECT + "WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .map((row, context) -> Rows.account(row))
                .findOne();
    }

    @Override
    public OptionalLong advanceEpoch(String id) {
        int advanced = handle.createUpdate("UPDATE gatehouse_auth_account SET epoch = epoch + 1 WHERE id = :id")
                .bind("id", id)
                .execute();
        // The update holds the row until the transaction is over: this reads what it wrote.
        return advanced == 0
                ? OptionalLong.empty()
                : OptionalLong.of(find(id).orElseThrow().epoch());
    }

    @Override
    public boolean setPassword(String id, String passwordHash) {
        return set(id, "password_hash", passwordHash);
    }

    @Override
    public boolean setEmail(String id, EmailAddress email) {
        return Rows.unlessTaken(
                handle,
                handle.createUpdate("UPDATE gatehouse_auth_account SET email = :email, email_key = :key WHERE id = :id")
                        .bind("id", id)
                        .bind("email", email.text())
                        .bind("key", email.key()));
    }

    @Override
    public boolean signedIn(String id, Instant at) {
        return handle.createUpdate("UPDATE gatehouse_auth_account SET signed_in_at = :at"
                                + " WHERE id = :id AND signed_in_at IS NULL")
                        .bind("id", id)
                        .bind("at", at.toEpochMilli())
                        .execute()
                == 1;
    }

    @Override
    public boolean rehash(String id, String from, String to) {
        return handle.createUpdate("UPDATE gatehouse_auth_account SET password_hash = :to"
                                + " WHERE id = :id AND password_hash = :from")
                        .bind("id", id)
                        .bind("from", from)
                        .bind("to", to)
                        .execute()
                == 1;
    }

    @Override
    public boolean setRoles(String id, Set<String> roles) {
        return set(id, "roles", Rows.roles(roles));
    }

    @Override
    public boolean setStatus(String id, Account.Status status) {
        return set(id, "status", status.name());
    }

    private boolean set(String id, String column, String value) {
        return handle.createUpdate("UPDATE gatehouse_auth_account SET " + column + " = :value WHERE id = :id")
                        .bind("id", id)
                        .bind("value", value)
                        .execute()
                == 1;
    }

    @Override
    public List<Account> holding(Set<String> roles, int most) {
        List<String> wanted = List.copyOf(roles);
        String any = IntStream.range(0, wanted.size())
                .mapToObj(i -> "' ' || roles || ' ' LIKE :role" + i)
                .collect(Collectors.joining(" OR ", "(", ")"));
        if (wanted.isEmpty()) {
            return List.of();
        }
        Query query = handle.createQuery(SELECT + "WHERE status = 'ACTIVE' AND " + any + " ORDER BY id LIMIT :most")
                .bind("most", most);
        for (int i = 0; i < wanted.size(); i++) {
            query.bind("role" + i, "% " + wanted.get(i) + " %");
        }
        return query.map((row, context) -> Rows.account(row)).list();
    }

    @Override
    public long count() {
        return handle.createQuery("SELECT count(*) FROM gatehouse_auth_account")
                .mapTo(Long.class)
                .one();
    }

    /** In one pass over the table. */
    @Override
    public List<Long> countHashesLike(List<String> prefixes) {
        String sums = IntStream.range(0, prefixes.size())
                .mapToObj(i -> "count(CASE WHEN left(password_hash, :length" + i + ") = :prefix" + i + " THEN 1 END)")
                .collect(Collectors.joining(", "));
        Query query = handle.createQuery("SELECT " + sums + " FROM gatehouse_auth_account");
        for (int i = 0; i < prefixes.size(); i++) {
            query.bind("length" + i, prefixes.get(i).length()).bind("prefix" + i, prefixes.get(i));
        }
        return query.map((row, context) -> longs(row, prefixes.size())).one();
    }

    private static List<Long> longs(ResultSet row, int columns) throws SQLException {
        List<Long> all = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
            all.add(row.getLong(i));
        }
        return all;
    }
}
