// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import java.util.Optional;

/** The supplier of credentials has none. */
final class NoCredentials extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoCredentials(RuntimeException cause) {
        super("they could not be read: " + cause.getMessage(), cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    static Optional<NoCredentials> in(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause()) {
            if (cause instanceof NoCredentials none) {
                return Optional.of(none);
            }
            depth++;
        }
        return Optional.empty();
    }
}
