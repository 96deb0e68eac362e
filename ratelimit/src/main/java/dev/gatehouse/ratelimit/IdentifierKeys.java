// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests of identifiers: 128 bits of SHA-256, so that nobody finds two that collide. */
final class IdentifierKeys {

    private IdentifierKeys() {}

    static LimitKey.Digest of(LimitKey.Kind kind, String text) {
        ByteBuffer digest = ByteBuffer.wrap(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
        return new LimitKey.Digest(kind, digest.getLong(), digest.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("ratelimit: every Java platform has SHA-256", e);
        }
    }
}
