// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What a client sends so that a repeated request is not done twice: its key, and what it was sent with.
 *
 * @param key 1 to 255 visible ASCII characters
 * @param bodyHash the SHA-256 of the request's body, in hex
 */
public record RequestKey(String key, String bodyHash) {

    private static final Pattern VISIBLE = Pattern.compile("[!-~]{1,255}");

    /** Whether {@code key} may be used as one. */
    public static boolean isValid(String key) {
        return VISIBLE.matcher(key).matches();
    }

    /** The key of a request with this body. */
    public static RequestKey of(String key, byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return new RequestKey(key, HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
