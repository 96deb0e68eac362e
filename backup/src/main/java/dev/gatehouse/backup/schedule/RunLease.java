// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.schedule;

import dev.gatehouse.jdbc.Schema;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Which of several processes does a run. It saves work and decides nothing else: when a run is due is read from the
 * store, and of two backups that were made at once after all, the store takes one. Thread-safe.
 */
public interface RunLease {

    /** The tables of {@link #jdbc}; migrate them first. */
    Schema SCHEMA = new Schema("backup", "dev/gatehouse/backup/db", List.of("V1__run_lease.sql"));

    /** Asks to be the one who does {@code what}; empty when another one has it, or nobody can say. */
    Optional<Held> take(String what);

    /** Of one process only: every run is its own. */
    static RunLease alone() {
        return new AloneLease();
    }

    /**
     * Shared through a table, by the database's clock. A process that ends without giving it back keeps it for two
     * minutes; one that lost its database does no run that another might do.
     *
     * @param holder who asks, told to others in logs: the host's name and the process's ID, say; at most 100 characters
     */
    static RunLease jdbc(DataSource source, String holder) {
        return new JdbcRunLease(source, holder);
    }

    /** A run that is this process's. */
    interface Held extends AutoCloseable {

        /** Keeps it for two further minutes; does nothing when it is lost. */
        void renew();

        /** Gives it back. */
        @Override
        void close();
    }
}
