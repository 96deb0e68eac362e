// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

/** Text as signed objects can hold it: messages of others may have anything in them. */
public final class Printable {

    private static final int LONGEST = 1_000;

    private Printable() {}

    /** {@code text} in one line of at most 1,000 characters, none of which a terminal would obey. */
    public static String of(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ");
        return clean.length() > LONGEST ? clean.substring(0, LONGEST - 1) + "…" : clean;
    }
}
