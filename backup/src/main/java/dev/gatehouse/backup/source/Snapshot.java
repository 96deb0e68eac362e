// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/**
 * A source as it was at one instant, held open while its parts are read. Used by one thread, except that {@link #close}
 * and the closing of a part's stream may come from another one, to end a run that failed.
 */
public interface Snapshot extends AutoCloseable {

    /** What made it and what reads it, at most 200 characters: {@code H2 2.5.252}. */
    String engine();

    /** Its parts; they are read in this order, one at a time, each once and to its end. At least one, at most 1,000. */
    List<Part> parts();

    /**
     * What the source says about itself at the snapshot's instant. Asked once, after every part was read to its end; a
     * restored copy must say exactly the same.
     */
    Facts facts() throws IOException, SQLException;

    /** The queries behind the facts that the application declared. */
    List<Invariant> invariants();

    /** What people should know though it does not spoil the backup; asked once, after {@link #facts}; at most 100 lines. */
    default List<String> warnings() {
        return List.of();
    }

    /** Lets go of the source, kills child processes that still run and removes what was written; harmless when repeated. */
    @Override
    void close() throws IOException, SQLException;
}
