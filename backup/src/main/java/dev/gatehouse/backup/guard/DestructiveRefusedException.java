// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.guard;

/** Something that destroys data must not run; the message says what to do first. */
public final class DestructiveRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DestructiveRefusedException(String message) {
        super(message);
    }
}
