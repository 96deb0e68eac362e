// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

/**
 * The work factor of Argon2id. Only pairs at or above the minimum of OWASP's password storage cheat sheet (and of ASVS
 * 5.0, appendix C) are accepted. Immutable.
 *
 * @param memoryKib memory in KiB, 7,168 to 262,144
 * @param iterations passes over it, 1 to 10
 * @param parallelism lanes, 1 to 16
 */
public record Argon2Parameters(int memoryKib, int iterations, int parallelism) {

    /** 19,456 KiB, two passes, one lane: about 13 ms on a server core of today. */
    public static final Argon2Parameters DEFAULT = new Argon2Parameters(19_456, 2, 1);

    static final int MAX_MEMORY_KIB = 262_144;
    static final int MAX_ITERATIONS = 10;
    static final int MAX_PARALLELISM = 16;

    /** Validates them. */
    public Argon2Parameters {
        if (memoryKib > MAX_MEMORY_KIB) {
            throw refused("memory was " + memoryKib + " KiB but must be at most " + MAX_MEMORY_KIB);
        }
        int least = leastIterations(memoryKib);
        if (iterations < least || iterations > MAX_ITERATIONS) {
            throw refused("iterations was " + iterations + " but must be " + least + " to " + MAX_ITERATIONS + " with "
                    + memoryKib + " KiB");
        }
        if (parallelism < 1 || parallelism > MAX_PARALLELISM) {
            throw refused("parallelism was " + parallelism + " but must be 1 to " + MAX_PARALLELISM);
        }
    }

    /** Passes that this much memory demands at least. */
    private static int leastIterations(int memoryKib) {
        int[][] pairs = {{47_104, 1}, {19_456, 2}, {12_288, 3}, {9_216, 4}, {7_168, 5}};
        for (int[] pair : pairs) {
            if (memoryKib >= pair[0]) {
                return pair[1];
            }
        }
        throw refused("memory was " + memoryKib + " KiB but must be at least 7168");
    }

    private static IllegalArgumentException refused(String what) {
        return new IllegalArgumentException("auth.argon2: " + what);
    }

    /** What every hash of these parameters begins with. */
    public String prefix() {
        return "$argon2id$v=19$m=" + memoryKib + ",t=" + iterations + ",p=" + parallelism + "$";
    }
}
