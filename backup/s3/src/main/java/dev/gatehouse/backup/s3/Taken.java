// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import java.io.IOException;

/** A condition did not hold: there is an object of that name, or not the one that was expected. */
final class Taken extends IOException {

    private static final long serialVersionUID = 1L;

    Taken(String message, Throwable cause) {
        super(message, cause);
    }
}
