// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.jdbc;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The database schema of one module: where its scripts lie and which there are. Modules never migrate by themselves;
 * the application does, in one explicit call, and each module checks at start that it was done.
 *
 * @param module the module's word, {@code auth}; its history table is {@code gatehouse_auth_history}
 * @param location the class path folder that holds {@code h2/} and {@code postgresql/}
 * @param scripts the scripts' file names in ascending order of version, {@code V1__accounts.sql}
 */
public record Schema(String module, String location, List<String> scripts) {

    private static final Pattern MODULE = Pattern.compile("[a-z][a-z0-9_]{0,40}");
    private static final Pattern SCRIPT = Pattern.compile("V([0-9]{1,18})__[A-Za-z0-9_-]+\\.sql");

    /** Freezes the list of scripts; refuses names that could not be told apart or put in order. */
    public Schema {
        if (!MODULE.matcher(module).matches()) {
            throw new IllegalArgumentException(
                    "schema: module was '" + module + "' but must be a lower-case word of at most 41 characters");
        }
        scripts = List.copyOf(scripts);
        requireAscending(module, scripts);
    }

    /** The schema of a Gatehouse module, with its scripts in {@code dev/gatehouse/{module}/db}. */
    public static Schema of(String module, String... scripts) {
        return new Schema(module, "dev/gatehouse/" + module + "/db", List.of(scripts));
    }

    /** The table in which the migrations that ran are recorded. */
    public String historyTable() {
        return "gatehouse_" + module + "_history";
    }

    /** The class path folder of the scripts for {@code product}. */
    public String locationFor(DatabaseProduct product) {
        return location + "/" + product.folder();
    }

    private static void requireAscending(String module, List<String> scripts) {
        if (scripts.isEmpty()) {
            throw new IllegalArgumentException("schema." + module + ": scripts were none but must be at least one");
        }
        long previous = 0;
        for (String script : scripts) {
            long version = version(module, script);
            if (version <= previous) {
                throw new IllegalArgumentException("schema." + module + ": " + script + " has version " + version
                        + " but must come after " + previous);
            }
            previous = version;
        }
    }

    private static long version(String module, String script) {
        Matcher matcher = SCRIPT.matcher(script);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "schema." + module + ": script was '" + script + "' but must look like V1__accounts.sql");
        }
        return Long.parseLong(matcher.group(1));
    }
}
