// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.jdbc;

/** A database is not in the state that a module needs. The message names the module, the script and the next step. */
public final class SchemaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what is wrong and what to do about it. */
    public SchemaException(String message) {
        super(message);
    }

    /** With what is wrong and what to do about it, and the database's own error. */
    public SchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
