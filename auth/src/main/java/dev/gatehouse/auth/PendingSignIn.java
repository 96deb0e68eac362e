// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.lockout.Devices;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.config.Secret;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a sign-in between its two steps remembers in its ticket. Immutable.
 *
 * @param epoch the account's when the password was verified
 * @param replaced the session that the browser still had
 * @param deviceId the device that is known to the account already
 */
record PendingSignIn(long epoch, Optional<TokenHash> replaced, Optional<String> deviceId) {

    String text() {
        String hash = replaced.map(hex -> HexFormat.of().formatHex(hex.bytes())).orElse("");
        return epoch + " " + hash + " " + deviceId.orElse("");
    }

    static PendingSignIn read(String text) {
        String[] words = text.split(" ", -1);
        return new PendingSignIn(
                Long.parseLong(words[0]),
                given(words[1]).map(hex -> TokenHash.stored(HexFormat.of().parseHex(hex))),
                given(words[2]));
    }

    private static Optional<String> given(String word) {
        return word.isEmpty() ? Optional.empty() : Optional.of(word);
    }

    /** The token by which the device is known to {@code account}. */
    Optional<Secret> device(Devices devices, String account) {
        return deviceId.map(id -> devices.token(id, account));
    }
}
