// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.jdbc;

import java.util.List;

/**
 * The database schema of one module: where its scripts lie and which there are. Modules never migrate by themselves;
 * the application does, in one explicit call, and each module checks at start that it was done.
 *
 * @param module the module's word, {@code auth}; its history table is {@code gatehouse_auth_history}
 * @param location the class path folder that holds {@code h2/} and {@code postgresql/}
 * @param scripts the scripts' file names in order, {@code V1__accounts.sql}
 */
public record Schema(String module, String location, List<String> scripts) {

    /** Freezes the list of scripts. */
    public Schema {
        scripts = List.copyOf(scripts);
    }

    /** The schema of a Gatehouse module, with its scripts in {@code dev/gatehouse/{module}/db}. */
    public static Schema of(String module, String... scripts) {
        return new Schema(module, "dev/gatehouse/" + module + "/db", List.of(scripts));
    }

    /** The table in which the migrations that ran are recorded. */
    public String historyTable() {
        return "gatehouse_" + module + "_history";
    }
}
