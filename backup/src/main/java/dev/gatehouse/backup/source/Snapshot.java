// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A consistent copy of a source, in files, and what it says about itself.
 *
 * @param engine what made it and what reads it: {@code H2 2.5.252}
 * @param artifacts the files, by the name under which they are restored
 * @param facts what the copy says about itself, taken from the copy
 * @param invariants the queries behind the facts that the application declared
 */
public record Snapshot(String engine, SortedMap<String, Path> artifacts, Facts facts, List<Invariant> invariants) {

    /** Freezes copies. */
    public Snapshot {
        artifacts = Collections.unmodifiableSortedMap(new TreeMap<>(artifacts));
        invariants = List.copyOf(invariants);
    }
}
