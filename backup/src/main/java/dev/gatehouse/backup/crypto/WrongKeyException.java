// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.crypto;

import java.security.GeneralSecurityException;

/** None of the provider's keys unwraps this data key. */
public final class WrongKeyException extends GeneralSecurityException {

    private static final long serialVersionUID = 1L;

    /** With what was tried, never a key. */
    public WrongKeyException(String message) {
        super(message);
    }
}
