// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.schedule;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** The five fields of a cron expression: which values each may have, and how it is read. */
enum CronField {
    MINUTE(0, 59, ""),
    HOUR(0, 23, ""),
    DAY_OF_MONTH(1, 31, ""),
    MONTH(1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
    DAY_OF_WEEK(0, 7, "sun mon tue wed thu fri sat");

    private final int least;
    private final int most;
    private final String names;

    CronField(int least, int most, String names) {
        this.least = least;
        this.most = most;
        this.names = names;
    }

    /** The values that {@code text} allows. */
    BitSet read(String text) {
        BitSet values = new BitSet();
        for (String part : text.split(",", -1)) {
            add(part, values);
        }
        if (this == DAY_OF_WEEK && values.get(7)) {
            values.clear(7);
            values.set(0);
        }
        return values;
    }

    private void add(String part, BitSet values) {
        int slash = part.indexOf('/');
        String range = slash < 0 ? part : part.substring(0, slash);
        int step = slash < 0 ? 1 : number(part.substring(slash + 1), 1, most);
        int dash = range.indexOf('-');
        int from = range.equals("*") ? least : value(dash < 0 ? range : range.substring(0, dash));
        int to = last(range, dash, from, slash >= 0);
        if (to < from) {
            throw refused(part, "must not end before it begins");
        }
        for (int value = from; value <= to; value += step) {
            values.set(value);
        }
    }

    private int last(String range, int dash, int from, boolean stepped) {
        if (dash >= 0) {
            return value(range.substring(dash + 1));
        }
        // Of a number with a step, what follows it counts too. A week that begins on Sunday does not end with another.
        int end = this == DAY_OF_WEEK ? 6 : most;
        return range.equals("*") || stepped ? Math.max(from, end) : from;
    }

    private int value(String text) {
        int named = List.of(names.split(" ", -1)).indexOf(text.toLowerCase(Locale.ROOT));
        return named >= 0 && !text.isEmpty() ? named + (this == MONTH ? 1 : 0) : number(text, least, most);
    }

    private int number(String text, int from, int to) {
        if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) < from || Integer.parseInt(text) > to) {
            throw refused(text, "must be " + from + " to " + to);
        }
        return Integer.parseInt(text);
    }

    private IllegalArgumentException refused(String text, String rule) {
        String name = name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return new IllegalArgumentException(
                "backup.schedule: " + name + " was '" + shown.replaceAll("[^\\x20-\\x7e…]", "?") + "' but " + rule);
    }
}
