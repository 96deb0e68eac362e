// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.jdbc.Schema;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Where accounts, sessions, tickets, attempts and factors are kept. Thread-safe. When it cannot be asked, every method
 * throws {@link AuthStoreException}; what the work itself throws is thrown as it is.
 */
public interface AuthStore {

    /** The tables, for the application's one explicit migration. */
    Schema SCHEMA = Schema.of(
            "auth",
            "V1__auth.sql",
            "V2__sessions.sql",
            "V3__recovery.sql",
            "V4__api_keys.sql",
            "V5__session_indexes.sql");

    /** Runs {@code work} in a transaction: all of it is kept or, when it throws, none. */
    <T> T transact(Function<AuthUnit, T> work);

    /** Runs {@code work} without a transaction: each of its verbs stands alone. */
    <T> T read(Function<AuthUnit, T> work);

    /** Runs {@code work} in a transaction of which nothing is ever kept: a rehearsal on the real store. */
    <T> T rehearse(Function<AuthUnit, T> work);

    /** Throws, naming the missing script, unless the tables are what this library needs. */
    void verifySchema();

    /** A store in H2 or PostgreSQL, whichever {@code source} leads to; READ COMMITTED is enough. */
    static AuthStore jdbc(DataSource source) {
        return new JdbcAuthStore(source);
    }

    /**
     * A store that lives and dies with this object, for tests and trials. One caller at a time gets in. The connection of
     * its {@link dev.gatehouse.jdbc.Tx} refuses every call, for there is no database.
     */
    static AuthStore inMemory() {
        return new MemoryAuthStore();
    }
}
