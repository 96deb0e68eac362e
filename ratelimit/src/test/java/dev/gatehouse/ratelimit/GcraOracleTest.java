// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The store in memory, in each way it has to decide, against what a token bucket is by definition, and against Bucket4j, in virtual time. */
class GcraOracleTest {

    private static final int REQUESTS = 300;

    private static Limit anyLimit(Random random) {
        long permits = 1L + random.nextInt(random.nextBoolean() ? 20 : 5_000);
        Duration window = Duration.ofSeconds(1L + random.nextInt(random.nextBoolean() ? 3 : 100_000));
        return Limit.of("any", permits, window).withBurst(1L + random.nextInt(50));
    }

    private static VirtualKey.Way anyWay(int seed) {
        VirtualKey.Way[] ways = VirtualKey.Way.values();
        return ways[seed % ways.length];
    }

    /** Mostly around the time that a unit takes, or until what was refused is there or 1 ns less; at times long. */
    private static long anyPause(Random random, Limit limit, long nanosToWait) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> (long) (random.nextDouble() * 3 * limit.nanosToFill());
            case 2 -> limit.nanosAUnit();
            case 3 -> nanosToWait;
            case 4 -> Math.max(0, nanosToWait - 1);
            default -> (long) (random.nextDouble() * 2 * limit.nanosAUnit());
        };
    }

    @Test
    void admitsExactlyWhatTheDefinitionOfATokenBucketAdmits() {
        for (int seed = 0; seed < 300; seed++) {
            compareWithDefinition(seed);
        }
    }

    @Test
    @Tag("soak")
    void admitsExactlyWhatTheDefinitionAdmitsManyTimesOver() {
        for (int seed = 300; seed < 30_000; seed++) {
            compareWithDefinition(seed);
        }
    }

    private static void compareWithDefinition(int seed) {
        Random random = new Random(seed);
        Limit limit = anyLimit(random);
        Admitted admitted = new Admitted(limit);
        long now = random.nextInt();
        VirtualKey key = new VirtualKey(anyWay(seed), limit, now);
        for (int i = 0; i < REQUESTS; i++) {
            long pause = anyPause(random, limit, key.nanosToWait());
            now += pause;
            key.letPass(pause);
            long cost = 1L + random.nextInt((int) Math.min(limit.burst(), 5));
            boolean allowed = key.take(cost).allowed();
            assertThat(allowed).as("seed %d, request %d", seed, i).isEqualTo(admitted.admits(now, cost));
            if (allowed) {
                admitted.add(now, cost);
            }
        }
        assertThat(key.wentItsWay()).as("seed %d", seed).isTrue();
    }

    /** In every interval that ends now: no more than the burst and one unit for each time a unit takes. */
    private record Admitted(Limit limit, List<long[]> all) {

        Admitted(Limit limit) {
            this(limit, new ArrayList<>());
        }

        boolean admits(long now, long cost) {
            long sum = cost;
            for (int i = all.size() - 1; i >= 0; i--) {
                sum += all.get(i)[1];
                if ((sum - limit.burst()) * limit.nanosAUnit() > now - all.get(i)[0]) {
                    return false;
                }
            }
            return true;
        }

        void add(long now, long cost) {
            all.add(new long[] {now, cost});
        }
    }

    @Test
    void agreesWithBucket4j() {
        for (int seed = 0; seed < 200; seed++) {
            new Duel(seed).fight(REQUESTS);
        }
    }

    @Test
    @Tag("soak")
    void agreesWithBucket4jManyTimesOver() {
        for (int seed = 200; seed < 20_000; seed++) {
            new Duel(seed).fight(REQUESTS);
        }
    }

    /** The same requests, refunds and charges for both. */
    private static final class Duel implements TimeMeter {

        private final Random random;
        private final Limit limit;
        private final Bucket bucket;
        private final VirtualKey key;

        Duel(int seed) {
            random = new Random(seed);
            limit = anyLimit(random);
            key = new VirtualKey(anyWay(seed), limit, 0);
            bucket = Bucket.builder()
                    .addLimit(bandwidth ->
                            bandwidth.capacity(limit.burst()).refillGreedy(1, Duration.ofNanos(limit.nanosAUnit())))
                    .withCustomTimePrecision(this)
                    .build();
        }

        void fight(int rounds) {
            for (int i = 0; i < rounds; i++) {
                key.letPass(anyPause(random, limit, key.nanosToWait()));
                long units = 1L + random.nextInt((int) limit.burst());
                switch (random.nextInt(8)) {
                    case 0 -> refund(units);
                    case 1 -> charge(units);
                    default -> take(units);
                }
            }
            assertThat(key.wentItsWay()).isTrue();
        }

        private void take(long units) {
            ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(units);
            Decision decision = key.take(units);
            assertThat(decision.allowed()).isEqualTo(probe.isConsumed());
            assertThat(decision.remaining(0)).isEqualTo(probe.getRemainingTokens());
            if (decision instanceof Decision.Refused refused) {
                assertThat(refused.retryAfter()).isEqualTo(Duration.ofNanos(probe.getNanosToWaitForRefill()));
            }
        }

        private void refund(long units) {
            bucket.addTokens(units);
            key.charge(-units);
        }

        /** No further into debt than ours goes. */
        private void charge(long units) {
            if (key.charge(0).owed(0) + units * limit.nanosAUnit() <= limit.mostOwed()) {
                bucket.consumeIgnoringRateLimits(units);
                key.charge(units);
            }
        }

        @Override
        public long currentTimeNanos() {
            return key.nanos();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
