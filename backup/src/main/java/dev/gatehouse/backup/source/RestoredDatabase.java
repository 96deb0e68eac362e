// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import dev.gatehouse.config.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A database of its own, opened from restored files in a private folder. Closing it releases the files. Thread-safe. */
public interface RestoredDatabase extends AutoCloseable {

    /** Where JDBC finds it. */
    String url();

    /** The user to connect as; empty where there is none. */
    default String user() {
        return "";
    }

    /** The user's password; empty where there is none. */
    default Secret password() {
        return Secret.of("");
    }

    /** A new connection, for the caller to close. */
    Connection connect() throws SQLException;

    /** What it says about itself, with these invariants. */
    Facts facts(List<Invariant> invariants) throws SQLException;

    /**
     * In what it differs from what was {@code recorded} of its source, a line each; empty when it is the same. What it
     * says of {@link #facts} is compared exactly unless the kind of database knows better.
     */
    default List<String> differences(Facts recorded, List<Invariant> invariants) throws SQLException {
        return recorded.differences(facts(invariants));
    }

    /** What is wrong with it by itself, such as a migration that failed; empty when nothing is. */
    List<String> complaints() throws SQLException;

    /**
     * Lets go of what only one process may hold, so that another one can open it: the file of an embedded database. Whatever
     * is asked of this next takes hold of it again.
     */
    default void release() throws SQLException {}

    @Override
    void close() throws SQLException;
}
