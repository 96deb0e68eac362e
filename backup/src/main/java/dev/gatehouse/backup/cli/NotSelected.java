// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.cli;

/** No backup is taken for what the option says; the exit code says why. */
final class NotSelected extends Exception {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    NotSelected(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
