// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import dev.gatehouse.jdbc.Schema;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Where switches and history are kept, shared by all instances. Thread-safe. When it cannot be asked, every method throws
 * {@link FeatureStoreException}; what the work itself throws is thrown as it is.
 */
public interface FeatureStore {

    /** The tables, for the application's one explicit migration. */
    Schema SCHEMA = new Schema("features", "dev/gatehouse/resilience/feature/db", List.of("V1__features.sql"));

    /** Runs {@code work} in a transaction: all of it is kept or, when it throws, none. */
    <T> T transact(Function<FeatureUnit, T> work);

    /** Throws, naming the missing script, unless the tables are what this library needs. */
    void verifySchema();

    /** A store in H2 or PostgreSQL, migrated to {@link #SCHEMA}; READ COMMITTED is enough. */
    static FeatureStore jdbc(DataSource source) {
        return new JdbcFeatureStore(source);
    }

    /**
     * A store that lives and dies with this object: switches do not survive a restart. The connection of its {@link
     * dev.gatehouse.jdbc.Tx} refuses every call, for there is no database.
     */
    static FeatureStore inMemory() {
        return new MemoryFeatureStore();
    }
}
