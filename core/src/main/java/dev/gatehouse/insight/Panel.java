// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.insight;

import dev.gatehouse.audit.Actor;
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

    /** What an operator may do here; the console asks who it is, and again before it acts. */
    default List<Action> actions() {
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

    /**
     * Something that an operator may do.
     *
     * @param name unique within the panel, for addresses: lower-case words with hyphens
     * @param label what the button says
     * @param consequence what will happen, for the question before it does
     * @param handler does it
     */
    record Action(String name, String label, String consequence, Handler handler) {
        /** Refuses a name that could not stand in an address. */
        public Action {
            if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
                throw new IllegalArgumentException(
                        "panel: action was '" + name + "' but must be lower-case words with hyphens");
            }
        }
    }

    /** Does what an action promises. */
    @FunctionalInterface
    interface Handler {
        /** Does it for {@code actor}, whom it records, and says in a sentence what came of it. */
        String run(Actor actor) throws Exception;
    }
}
