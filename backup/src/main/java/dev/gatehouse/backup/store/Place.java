// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.util.Optional;

/**
 * Where one copy of the backups lies, for people and for the readiness report; holds no secret.
 *
 * @param name what it is called in metrics and messages: 1 to 40 of {@code a-z}, {@code 0-9} and {@code -}
 * @param kind {@code directory}, {@code s3}, or what else it is
 * @param where the directory, or the bucket and its endpoint
 * @param region the region it lies in, as far as that is known
 */
public record Place(String name, String kind, String where, Optional<String> region) {

    /** Refuses a name that metrics could not carry. */
    public Place {
        if (!name.matches("[a-z][a-z0-9-]{0,39}")) {
            throw new IllegalArgumentException(
                    "backup.store: name must be 1 to 40 of a-z, 0-9 and -, beginning with a letter");
        }
    }
}
