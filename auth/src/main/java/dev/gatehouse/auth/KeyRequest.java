// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import java.time.Duration;
import java.util.Set;

/**
 * What an API key is to be. Immutable; {@link ApiKeys#create} judges it.
 *
 * @param name what its owner calls it, 1 to 100 characters
 * @param scopes what it is for, at least one of those declared
 * @param life how long it works, 1 hour to 366 days
 */
public record KeyRequest(String name, Set<String> scopes, Duration life) {

    /** Freezes the scopes. */
    public KeyRequest {
        scopes = Set.copyOf(scopes);
    }
}
