// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a job's handler needs to know, in a form of the application's own, such as JSON: it outlives the release that
 * wrote it. At most {@value #MOST_BYTES} bytes; keep large things elsewhere and put their name here. Immutable. It may
 * hold secrets, so {@link #toString} tells its size only.
 */
public final class Payload {

    /** The longest payload, in bytes. A queue may allow less. */
    public static final int MOST_BYTES = 256 * 1024;

    private final byte[] bytes;

    private Payload(byte[] bytes) {
        Rules.require("payload", bytes.length, 0, MOST_BYTES);
        this.bytes = bytes;
    }

    /** These bytes. */
    public static Payload of(byte[] bytes) {
        return new Payload(bytes.clone());
    }

    /** This text, as UTF-8. */
    public static Payload text(String text) {
        return new Payload(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes, read as UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** How many bytes it has. */
    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Payload[" + bytes.length + " bytes]";
    }
}
