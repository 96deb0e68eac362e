// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.cli;

/** The command line was not understood. */
final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
