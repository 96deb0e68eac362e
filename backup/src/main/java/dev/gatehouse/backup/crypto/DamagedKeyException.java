// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.crypto;

import java.security.GeneralSecurityException;

/** A stored data key is not what was written, whichever key wrapped it. */
public final class DamagedKeyException extends GeneralSecurityException {

    private static final long serialVersionUID = 1L;

    DamagedKeyException(String message) {
        super(message);
    }
}
