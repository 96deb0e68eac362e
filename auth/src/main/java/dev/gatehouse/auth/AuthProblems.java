// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.http.Problem;
import dev.gatehouse.http.Problems;
import java.net.URI;

/** What this gate answers with. */
final class AuthProblems {

    private static final String TYPES = "https://gatehouse.dev/problems/";

    static final Problem FORBIDDEN = typed("forbidden", "You may not do this.");
    static final Problem FACTOR_REQUIRED = typed("factor-required", "Use a second factor in this session first.");
    static final Problem REAUTHENTICATE = typed("reauthenticate", "Your sign-in is too old for this; sign in again.");
    static final Problem ACTING_OVER = typed("acting-over", "You no longer act as somebody else; nothing was done.");
    static final Problem INVALID_KEY = Problem.of(401, "Not signed in", "The API key is unknown, expired or revoked.")
            .header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    static final Problem UNAVAILABLE = Problem.of(
                    503, "Sign-in unavailable", "Who you are could not be found out; try again.")
            .header("Retry-After", "1");

    private AuthProblems() {}

    /** The key was not made for this; RFC 6750, section 3.1, has the scope named. */
    static Problem outOfScope(String scope) {
        return typed("forbidden", "The API key lacks the scope " + scope + ".")
                .header("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"");
    }

    private static Problem typed(String type, String detail) {
        return Problems.forbidden(detail).type(URI.create(TYPES + type));
    }
}
