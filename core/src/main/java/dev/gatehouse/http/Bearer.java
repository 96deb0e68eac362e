// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import dev.gatehouse.config.Secret;
import java.util.Optional;

/**
 * The bearer token of a request (RFC 6750, section 2.1). There is this one definition of it, because a call with a
 * bearer token is exempt from the check of its origin, and must therefore never act as the session of a cookie beside
 * it: who reads cookies asks here too.
 */
public final class Bearer {

    private static final String SCHEME = "Bearer ";

    private Bearer() {}

    /** Whether the request says that it carries one, however bad. */
    public static boolean isPresent(Exchange exchange) {
        String credentials = exchange.header("Authorization");
        return credentials != null && credentials.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** The token as sent, empty when the request carries none. */
    public static Optional<Secret> of(Exchange exchange) {
        String credentials = exchange.header("Authorization");
        return credentials != null && isPresent(exchange)
                ? Optional.of(Secret.of(credentials.substring(SCHEME.length()).strip()))
                : Optional.empty();
    }
}
