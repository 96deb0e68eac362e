// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A value that must never be printed. {@link #toString()} hides it, equality takes the same time whatever differs, and
 * it cannot be serialized by accident. Immutable and thread-safe.
 */
public final class Secret {

    private final byte[] value;

    private Secret(byte[] value) {
        this.value = value;
    }

    /** The secret of this text, in UTF-8. */
    public static Secret of(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The secret of a copy of these bytes. */
    public static Secret of(byte[] bytes) {
        return new Secret(bytes.clone());
    }

    /** The text itself: for handing to a client library, never for a message. */
    public String reveal() {
        return new String(value, StandardCharsets.UTF_8);
    }

    /** A copy of the bytes themselves. */
    public byte[] revealBytes() {
        return value.clone();
    }

    /** Length in bytes. */
    public int length() {
        return value.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(value, that.value);
    }

    /** The same for all secrets, so that a hash table leaks nothing. */
    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
