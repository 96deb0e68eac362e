// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Counts which faults were tried on which store, and how they ended. */
final class FaultTable {

    private final Map<String, Integer> rows = new TreeMap<>();

    synchronized void add(String row, String store, int cases, String outcome) {
        rows.merge("| " + row + " | " + store + " | %d | " + outcome + " |", cases, Integer::sum);
    }

    /** Prints the table and keeps it beside the test's reports. */
    synchronized void print(String name) throws IOException {
        StringBuilder text = new StringBuilder("| fault | store | cases | outcome |\n| --- | --- | --- | --- |\n");
        rows.forEach((row, cases) -> text.append(row.formatted(cases)).append('\n'));
        Files.writeString(Path.of("target", "faults-" + name + ".md"), text);
        System.out.println(text);
    }
}
