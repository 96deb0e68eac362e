// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.token.TokenHash;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a sign-in between its two steps remembers in its ticket. Immutable.
 *
 * @param epoch the account's when the password was verified
 * @param replaced the session that the browser still had
 */
record PendingSignIn(long epoch, Optional<TokenHash> replaced) {

    String text() {
        return epoch
                + " "
                + replaced.map(hash -> HexFormat.of().formatHex(hash.bytes())).orElse("");
    }

    static PendingSignIn read(String text) {
        int gap = text.indexOf(' ');
        String hex = text.substring(gap + 1);
        return new PendingSignIn(
                Long.parseLong(text.substring(0, gap)),
                hex.isEmpty()
                        ? Optional.empty()
                        : Optional.of(TokenHash.stored(HexFormat.of().parseHex(hex))));
    }
}
