// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.util.List;

/** A copy of an H2 database in a file that is closed; the work folder it lies in is the caller's to remove. */
record H2Snapshot(String engine, List<Part> parts, Facts facts, List<Invariant> invariants) implements Snapshot {

    H2Snapshot {
        parts = List.copyOf(parts);
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
