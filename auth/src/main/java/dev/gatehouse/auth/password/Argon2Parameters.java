// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import dev.gatehouse.auth.password.Argon2.Cost;
import dev.gatehouse.auth.password.Argon2.Variant;
import java.util.Optional;

/**
 * The work factor of Argon2id. Only what ASVS 5.0, appendix C, approves is accepted, which is the stronger half of the
 * minimums in OWASP's password storage cheat sheet: 19,456 KiB with two passes, 47,104 with one, 12,288 with three. A
 * value; immutable.
 */
public final class Argon2Parameters {

    static final int MAX_MEMORY_KIB = 262_144;
    static final int MAX_ITERATIONS = 10;
    static final int MAX_PARALLELISM = 16;

    private static final int[][] FLOOR = {{47_104, 1}, {19_456, 2}, {12_288, 3}};

    /** 19,456 KiB, two passes, one lane: about 13 ms on a server core of today. */
    public static final Argon2Parameters DEFAULT = new Argon2Parameters(19_456, 2, 1);

    private final Cost cost;

    /** {@code memoryKib} 12,288 to 262,144, {@code iterations} to 10, {@code parallelism} 1 to 16. */
    public Argon2Parameters(int memoryKib, int iterations, int parallelism) {
        this(new Cost(Variant.ID, memoryKib, iterations, parallelism));
        int least = leastIterations(memoryKib);
        if (iterations < least) {
            throw refused("iterations was " + iterations + " but must be " + least + " to " + MAX_ITERATIONS + " with "
                    + memoryKib + " KiB");
        }
    }

    private Argon2Parameters(Cost cost) {
        requireWithin("memory in KiB", cost.memoryKib(), 8 * cost.parallelism(), MAX_MEMORY_KIB);
        requireWithin("iterations", cost.iterations(), 1, MAX_ITERATIONS);
        requireWithin("parallelism", cost.parallelism(), 1, MAX_PARALLELISM);
        this.cost = cost;
    }

    /**
     * Parameters below the floor, down to 8 KiB: hashes that a thief of the database breaks in no time. For tests of
     * what is around the hash; the readiness report fails with them.
     */
    public static Argon2Parameters insecurelyBelowTheFloor(int memoryKib, int iterations, int parallelism) {
        return new Argon2Parameters(new Cost(Variant.ID, memoryKib, iterations, parallelism));
    }

    /** The parameters that a stored Argon2id hash was made with, under a pepper or not; empty for any other. */
    public static Optional<Argon2Parameters> of(String stored) {
        return PhcString.parse(stored.substring(stored.indexOf('}') + 1))
                .map(PhcString::cost)
                .filter(cost -> cost.variant() == Variant.ID)
                .map(Argon2Parameters::new);
    }

    /** Passes that this much memory demands at least. */
    static int leastIterations(int memoryKib) {
        for (int[] pair : FLOOR) {
            if (memoryKib >= pair[0]) {
                return pair[1];
            }
        }
        throw refused("memory was " + memoryKib + " KiB but must be at least 12288");
    }

    private static void requireWithin(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw refused(what + " was " + value + " but must be " + least + " to " + most);
        }
    }

    private static IllegalArgumentException refused(String what) {
        return new IllegalArgumentException("auth.argon2: " + what);
    }

    /** Memory of one hash, in KiB. */
    public int memoryKib() {
        return cost.memoryKib();
    }

    /** Passes over the memory. */
    public int iterations() {
        return cost.iterations();
    }

    /** Lanes. */
    public int parallelism() {
        return cost.parallelism();
    }

    /** Whether they are at or above the floor. */
    public boolean meetsTheFloor() {
        return cost.memoryKib() >= FLOOR[FLOOR.length - 1][0] && cost.iterations() >= leastIterations(cost.memoryKib());
    }

    /** What every hash of these parameters begins with. */
    public String prefix() {
        return cost.prefix();
    }

    Cost cost() {
        return cost;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Argon2Parameters that && cost.equals(that.cost);
    }

    @Override
    public int hashCode() {
        return cost.hashCode();
    }

    @Override
    public String toString() {
        return "m=" + cost.memoryKib() + " KiB, t=" + cost.iterations() + ", p=" + cost.parallelism();
    }
}
