// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A database of its own, opened from restored files in a private folder. Closing it releases the files. Thread-safe. */
public interface RestoredDatabase extends AutoCloseable {

    /** Where JDBC finds it. */
    String url();

    /** A new connection, for the caller to close. */
    Connection connect() throws SQLException;

    /** What it says about itself, with these invariants. */
    Facts facts(List<Invariant> invariants) throws SQLException;

    /** What is wrong with it by itself, such as a migration that failed; empty when nothing is. */
    List<String> complaints() throws SQLException;

    @Override
    void close() throws SQLException;
}
