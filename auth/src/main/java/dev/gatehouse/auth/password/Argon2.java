// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import java.util.Locale;

/** Computes Argon2, version 1.3 (RFC 9106). Implementations are thread-safe. */
@FunctionalInterface
public interface Argon2 {

    /** The tag of {@code length} bytes, 4 at least, of this password and a salt of 8 bytes at least. */
    byte[] tag(Cost cost, byte[] password, byte[] salt, int length);

    /** How Argon2 walks through its memory. New hashes are {@link #ID}; the others are only verified. */
    enum Variant {
        /** By the password: side channels show it. */
        D,
        /** By a fixed plan. */
        I,
        /** By a fixed plan at first, then by the password. */
        ID;

        /** Its name in a PHC string. */
        String word() {
            return "argon2" + name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What one tag costs.
     *
     * @param variant the walk
     * @param memoryKib memory in KiB, at least eight times the lanes
     * @param iterations passes over it
     * @param parallelism lanes
     */
    record Cost(Variant variant, int memoryKib, int iterations, int parallelism) {

        /** KiB filled in all, which is what the time grows with. */
        long work() {
            return (long) memoryKib * iterations;
        }

        /** What every PHC string of this cost begins with. */
        String prefix() {
            return "$" + variant.word() + "$v=19$m=" + memoryKib + ",t=" + iterations + ",p=" + parallelism + "$";
        }
    }
}
