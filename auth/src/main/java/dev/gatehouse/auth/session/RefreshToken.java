// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import dev.gatehouse.config.Secret;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A refresh token as it came from outside, taken apart and not yet believed: {@code sessionId.generation.mac}.
 *
 * @param id the session's public ID
 * @param generation which refresh it is good for
 * @param mac what only we can make
 */
record RefreshToken(String id, long generation, Secret mac) {

    /** Eighteen digits fit a long; no other spelling of a number is taken. */
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{32})\\.(0|[1-9][0-9]{0,17})\\.([A-Za-z0-9_-]{43})");

    private static final int LONGEST = 32 + 1 + 18 + 1 + 43;

    /** The token's parts; empty for anything that is not shaped like one of ours. */
    static Optional<RefreshToken> parse(Secret token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(token.reveal());
        return matcher.matches()
                ? Optional.of(new RefreshToken(
                        matcher.group(1), Long.parseLong(matcher.group(2)), Secret.of(matcher.group(3))))
                : Optional.empty();
    }

    Secret text() {
        return Secret.of(id + "." + generation + "." + mac.reveal());
    }
}
