// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

/** Pieces of SQL. */
final class Sql {

    private Sql() {}

    /** An identifier as it is written, whatever is in it. */
    static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
