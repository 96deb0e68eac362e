// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.insight;

import java.util.List;

/**
 * What a gate shows to the consoles, which render panels and know no gate. Implementations are thread-safe and answer
 * quickly, from what they already hold.
 */
public interface Panel {

    /** The panel's heading. */
    String title();

    /** The gate's state in a few facts. */
    default List<Fact> facts() {
        return List.of();
    }

    /** The gate's state in tables. */
    default List<Table> tables() {
        return List.of();
    }

    /** What the gate knows about one account, by its opaque ID; empty when nothing. */
    default List<Fact> about(String account) {
        return List.of();
    }

    /**
     * One fact.
     *
     * @param name what it is
     * @param value its value, with the unit
     */
    record Fact(String name, String value) {}

    /**
     * One table, bounded by whoever offers it.
     *
     * @param title its heading
     * @param columns the columns' headings
     * @param rows the cells, as many a row as there are columns
     */
    record Table(String title, List<String> columns, List<List<String>> rows) {}
}
