// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * IDs of requests: which ones from outside are taken over, and how new ones are made. Thread-safe, without contention.
 *
 * <p>A request ID is a name for people and log searches. It is no secret and grants nothing, hence the cheap random
 * source; where the outside must not be able to guess a value, this is the wrong class.
 */
public final class RequestId {

    /** The most characters that an ID may have. */
    public static final int MAX_LENGTH = 64;

    private static final int LENGTH = 26;
    private static final byte[] BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".getBytes(StandardCharsets.US_ASCII);

    private RequestId() {}

    /**
     * A new ID of 26 characters in the layout of a ULID: 48 bits of wall-clock milliseconds, then 80 random bits, in
     * Crockford's base 32. Sorted as text, IDs of different milliseconds are in the order of time.
     */
    public static String generate() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return text(System.currentTimeMillis(), random.nextLong(), random.nextLong());
    }

    /** The ID that came from outside if it is {@link #isAcceptable acceptable}, else a new one. */
    public static String accept(@Nullable String outside) {
        return outside != null && isAcceptable(outside) ? outside : generate();
    }

    /** Whether {@code outside} is 1 to 64 characters of {@code [A-Za-z0-9._-]}. */
    public static boolean isAcceptable(String outside) {
        int length = outside.length();
        if (length == 0 || length > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!isAllowed(outside.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }

    /** The text of 48 bits of {@code millis} and the low 40 bits of each random number. */
    static String text(long millis, long first, long second) {
        byte[] out = new byte[LENGTH];
        digits(out, 0, 10, millis & 0xffff_ffff_ffffL);
        digits(out, 10, 18, first);
        digits(out, 18, 26, second);
        return new String(out, StandardCharsets.ISO_8859_1);
    }

    private static void digits(byte[] out, int from, int to, long value) {
        long rest = value;
        for (int i = to - 1; i >= from; i--) {
            out[i] = BASE32[(int) rest & 31];
            rest >>>= 5;
        }
    }
}
