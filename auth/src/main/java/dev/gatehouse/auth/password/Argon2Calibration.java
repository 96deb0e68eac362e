// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import dev.gatehouse.config.Secret;
import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Parameters that were chosen for a host by measuring on it. As RFC 9106, section 4, advises, memory comes first and then
 * passes. Run it on the machine, and under the load, that will hash, and keep the result in the configuration: choosing
 * anew at each start would make hashes depend on how busy the machine was.
 *
 * @param parameters the chosen ones, never below the floor of {@link Argon2Parameters}
 * @param measured what one hash took with them: more than was wanted when the floor itself takes longer
 */
public record Argon2Calibration(Argon2Parameters parameters, Duration measured) {

    private static final int FLOOR_KIB = 12_288;
    private static final int ROUNDING_KIB = 1_024;
    private static final int SAMPLES = 3;
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Secret PASSWORD = Secret.of("calibration");

    /**
     * The most memory up to {@code capKib}, and then the most passes, with which one hash takes {@code target} at most,
     * a millisecond to five seconds. Takes a few dozen hashes.
     *
     * @param hashers makes the hasher to measure
     */
    public static Argon2Calibration choose(
            Duration target, int capKib, Function<Argon2Parameters, PasswordHasher> hashers, Ticker ticker) {
        if (target.compareTo(Duration.ofMillis(1)) < 0 || target.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "auth.calibration: target was " + target + " but must be PT0.001S to " + LONGEST);
        }
        Bench bench = new Bench(target.toNanos(), hashers, ticker);
        return bench.morePasses(bench.lessMemory(capped(capKib)));
    }

    private static Argon2Parameters capped(int capKib) {
        return leastPasses(Math.min(capKib, Argon2Parameters.MAX_MEMORY_KIB));
    }

    private static Argon2Parameters leastPasses(int memoryKib) {
        return new Argon2Parameters(memoryKib, Argon2Parameters.leastIterations(memoryKib), 1);
    }

    private record Bench(long target, Function<Argon2Parameters, PasswordHasher> hashers, Ticker ticker) {

        private Argon2Calibration measure(Argon2Parameters parameters) {
            PasswordHasher hasher = hashers.apply(parameters);
            hasher.hash(PASSWORD);
            long[] nanos = new long[SAMPLES];
            for (int i = 0; i < SAMPLES; i++) {
                long began = ticker.nanos();
                hasher.hash(PASSWORD);
                nanos[i] = ticker.nanos() - began;
            }
            Arrays.sort(nanos);
            return new Argon2Calibration(parameters, Duration.ofNanos(nanos[SAMPLES / 2]));
        }

        private boolean fits(Argon2Calibration found) {
            return found.measured().toNanos() <= target;
        }

        /** Time grows with memory times passes, so each step goes to where the target should be, and down in any case. */
        private Argon2Calibration lessMemory(Argon2Parameters from) {
            Argon2Calibration found = measure(from);
            while (!fits(found) && found.parameters().memoryKib() > FLOOR_KIB) {
                int now = found.parameters().memoryKib();
                double wanted = now * ((double) target / found.measured().toNanos());
                int rounded = (int) Math.min(wanted, now - ROUNDING_KIB) / ROUNDING_KIB * ROUNDING_KIB;
                found = measure(leastPasses(Math.max(FLOOR_KIB, rounded)));
            }
            return found;
        }

        private Argon2Calibration morePasses(Argon2Calibration from) {
            Argon2Calibration best = from;
            while (fits(best) && best.parameters().iterations() < Argon2Parameters.MAX_ITERATIONS) {
                Argon2Parameters now = best.parameters();
                Argon2Calibration next = measure(new Argon2Parameters(now.memoryKib(), now.iterations() + 1, 1));
                if (!fits(next)) {
                    return best;
                }
                best = next;
            }
            return best;
        }
    }
}
