// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a database says about itself, to be compared exactly: its schema's fingerprint, its migrations, the rows of each
 * table, the invariants. Immutable.
 *
 * @param values by name
 */
public record Facts(SortedMap<String, String> values) {

    /** With what the name of a fact begins that the application declared. */
    public static final String DECLARED = "invariant ";

    /** Freezes a copy. */
    public Facts {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** The facts of this map. */
    public static Facts of(Map<String, String> values) {
        return new Facts(new TreeMap<>(values));
    }

    /** The name of the fact that an invariant gives. */
    public static String nameOf(Invariant invariant) {
        return DECLARED + invariant.name();
    }

    /** The facts that the application declared. */
    public Facts declared() {
        return filtered(name -> name.startsWith(DECLARED));
    }

    /** The facts that were taken without being declared. */
    public Facts undeclared() {
        return filtered(name -> !name.startsWith(DECLARED));
    }

    /** The facts about the schema and the migrations that made it. */
    public Facts schema() {
        return filtered(name -> name.startsWith("schema") || name.startsWith("migration "));
    }

    private Facts filtered(Predicate<String> kept) {
        TreeMap<String, String> filtered = new TreeMap<>(values);
        filtered.keySet().removeIf(kept.negate());
        return new Facts(filtered);
    }

    /** What is not the same in {@code other}, a line each, in order of name; empty when all is. */
    public List<String> differences(Facts other) {
        TreeSet<String> names = new TreeSet<>(values.keySet());
        names.addAll(other.values.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            String here = values.getOrDefault(name, "absent");
            String there = other.values.getOrDefault(name, "absent");
            if (!Objects.equals(here, there)) {
                differences.add(name + ": " + here + " became " + there);
            }
        }
        return differences;
    }
}
