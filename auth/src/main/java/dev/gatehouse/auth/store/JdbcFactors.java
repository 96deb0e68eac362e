// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.auth.factor.FactorStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Second factors in two tables. */
record JdbcFactors(Handle handle) implements FactorStore {

    @Override
    public void offer(String account, String sealedSecret, Instant until) {
        Rows.added(Rows.insert(
                        handle, "INSERT INTO gatehouse_auth_generator (account_id, last_step) VALUES (:account, -1)")
                .bind("account", account));
        handle.createUpdate("UPDATE gatehouse_auth_generator SET offered = :secret, offered_until = :until"
                        + " WHERE account_id = :account")
                .bind("account", account)
                .bind("secret", sealedSecret)
                .bind("until", until.toEpochMilli())
                .execute();
    }

    @Override
    public Optional<Generator> generator(String account) {
        return handle.createQuery("SELECT confirmed, offered, offered_until FROM gatehouse_auth_generator"
                        + " WHERE account_id = :account")
                .bind("account", account)
                .map((row, context) -> new Generator(
                        row.getString("confirmed"), row.getString("offered"), Rows.instantOrNull(row, "offered_until")))
                .findOne();
    }

    @Override
    public boolean confirm(String account, String sealedSecret, long step) {
        return handle.createUpdate("UPDATE gatehouse_auth_generator SET confirmed = offered, last_step = :step,"
                                + " offered = NULL, offered_until = NULL"
                                + " WHERE account_id = :account AND offered = :secret")
                        .bind("account", account)
                        .bind("secret", sealedSecret)
                        .bind("step", step)
                        .execute()
                == 1;
    }

    @Override
    public boolean useStep(String account, long step) {
        return handle.createUpdate("UPDATE gatehouse_auth_generator SET last_step = :step"
                                + " WHERE account_id = :account AND last_step < :step")
                        .bind("account", account)
                        .bind("step", step)
                        .execute()
                == 1;
    }

    @Override
    public boolean remove(String account) {
        int removed = handle.createUpdate("DELETE FROM gatehouse_auth_generator"
                        + " WHERE account_id = :account AND confirmed IS NOT NULL")
                .bind("account", account)
                .execute();
        handle.createUpdate("DELETE FROM gatehouse_auth_recovery_code WHERE account_id = :account")
                .bind("account", account)
                .execute();
        return removed == 1;
    }

    @Override
    public void replaceRecoveryCodes(String account, List<String> hashes) {
        handle.createUpdate("DELETE FROM gatehouse_auth_recovery_code WHERE account_id = :account")
                .bind("account", account)
                .execute();
        try (PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO gatehouse_auth_recovery_code (account_id, code_hash) VALUES (:account, :hash)")) {
            hashes.forEach(
                    hash -> batch.bind("account", account).bind("hash", hash).add());
            batch.execute();
        }
    }

    @Override
    public boolean useRecoveryCode(String account, String hash) {
        return handle.createUpdate("DELETE FROM gatehouse_auth_recovery_code"
                                + " WHERE account_id = :account AND code_hash = :hash")
                        .bind("account", account)
                        .bind("hash", hash)
                        .execute()
                == 1;
    }

    @Override
    public int recoveryCodesLeft(String account) {
        return handle.createQuery("SELECT count(*) FROM gatehouse_auth_recovery_code WHERE account_id = :account")
                .bind("account", account)
                .mapTo(Integer.class)
                .one();
    }
}
