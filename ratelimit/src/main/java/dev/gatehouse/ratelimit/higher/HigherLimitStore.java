// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import dev.gatehouse.jdbc.Schema;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Where requests and grants are kept. Thread-safe. When it cannot be asked, every method throws {@link
 * HigherLimitStoreException}; what the work itself throws is thrown as it is.
 */
public interface HigherLimitStore {

    /** The tables, for the application's one explicit migration. */
    Schema SCHEMA = Schema.of("ratelimit", "V1__limits.sql");

    /** Runs {@code work} in a transaction: all of it is kept or, when it throws, none. */
    <T> T transact(Function<HigherLimitUnit, T> work);

    /** Runs {@code work} in a transaction of which nothing is ever kept: a rehearsal on the real store. */
    <T> T rehearse(Function<HigherLimitUnit, T> work);

    /** Throws, naming the missing script, unless the tables are what this library needs. */
    void verifySchema();

    /** A store in H2 or PostgreSQL, whichever {@code source} leads to; READ COMMITTED is enough. */
    static HigherLimitStore jdbc(DataSource source) {
        return new JdbcHigherLimitStore(source);
    }

    /**
     * A store that lives and dies with this object, for tests and trials. The connection of its {@link
     * dev.gatehouse.jdbc.Tx} refuses every call, for there is no database.
     */
    static HigherLimitStore inMemory() {
        return new MemoryHigherLimitStore();
    }
}
