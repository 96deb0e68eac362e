// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.jdbc;

import java.util.List;

/** How a database stands to what one module needs. */
public sealed interface SchemaState {

    /** Every script ran, and no other did. */
    record Current() implements SchemaState {}

    /**
     * Scripts have not run yet: the database is older than the library.
     *
     * @param missing their names, in order
     */
    record Behind(List<String> missing) implements SchemaState {}

    /**
     * Scripts ran that this library does not know: the database is newer, or of another make.
     *
     * @param unknown their names
     */
    record Ahead(List<String> unknown) implements SchemaState {}

    /**
     * A script began and did not finish: the tables may be half made.
     *
     * @param failed their names
     */
    record Broken(List<String> failed) implements SchemaState {}
}
