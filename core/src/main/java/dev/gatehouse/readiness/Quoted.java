// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

/** Text from outside, fit for one line of a report: control and invisible characters become blanks, and it has an end. */
final class Quoted {

    private static final int LONGEST = 1000;

    private Quoted() {}

    static String plain(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]+", " ")
                .strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
