// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.time.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;

/** A bucket of Bucket4j's: lock-free, refilled greedily, in integers. */
final class Bucket4jBucket implements LimitBucket {

    private final Bucket bucket;
    private final long permits;

    Bucket4jBucket(Limit limit, Ticker ticker) {
        permits = limit.permits();
        bucket = Bucket.builder()
                .addLimit(bandwidth -> bandwidth.capacity(permits).refillGreedy(permits, limit.period()))
                .withCustomTimePrecision(new ElapsedTime(ticker))
                .build();
    }

    @Override
    public Take take(long units) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(units);
        return new Take(
                probe.isConsumed(),
                probe.getRemainingTokens(),
                probe.getNanosToWaitForRefill(),
                probe.getNanosToWaitForReset());
    }

    @Override
    public void giveBack(long units) {
        bucket.addTokens(units);
    }

    @Override
    public Take peek() {
        long remaining = bucket.getAvailableTokens();
        long toFull = bucket.estimateAbilityToConsume(permits).getNanosToWaitForRefill();
        return new Take(true, remaining, 0, toFull);
    }

    /** Elapsed time, which no setting of the clock disturbs. */
    private record ElapsedTime(Ticker ticker) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return ticker.nanos();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
