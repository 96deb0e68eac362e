// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.auth.Unfinished;
import dev.gatehouse.jdbc.Schema;
import javax.sql.DataSource;

/** Where accounts, sessions, tickets, attempts and factors are kept. Thread-safe. */
public interface AuthStore {

    /** The tables, for the application's one explicit migration. */
    Schema SCHEMA = Schema.of("auth", "V1__auth.sql");

    /** A store in H2 or PostgreSQL, whichever {@code source} leads to. */
    static AuthStore jdbc(DataSource source) {
        return Unfinished.yet();
    }

    /** A store that lives and dies with this object, for tests and trials. */
    static AuthStore inMemory() {
        return Unfinished.yet();
    }
}
