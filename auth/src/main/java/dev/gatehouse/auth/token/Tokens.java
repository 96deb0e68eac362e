// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.token;

import dev.gatehouse.config.Secret;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Makes tokens of 256 random bits and IDs of 128. Thread-safe. */
public final class Tokens {

    private static final int ID_BYTES = 16;

    private final SecureRandom random;

    /** Draws from {@code random}. */
    public Tokens(SecureRandom random) {
        this.random = random;
    }

    /** A fresh token: 43 characters of base64url. */
    public Issued issue() {
        Secret token = Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32)));
        return new Issued(token, TokenHash.of(token).orElseThrow());
    }

    /** A fresh opaque ID: 32 hexadecimal digits. It names, it does not authenticate. */
    public String id() {
        return HexFormat.of().formatHex(bytes(ID_BYTES));
    }

    /** Whether this can be an ID at all: what comes from outside is asked first, since databases choke on some text. */
    public static boolean isId(String text) {
        return text.length() == 2 * ID_BYTES && text.chars().allMatch(HexFormat::isHexDigit);
    }

    /** This many random bytes. */
    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /**
     * A fresh token and what is stored of it.
     *
     * @param token for its owner, once
     * @param hash for the store
     */
    public record Issued(Secret token, TokenHash hash) {}
}
