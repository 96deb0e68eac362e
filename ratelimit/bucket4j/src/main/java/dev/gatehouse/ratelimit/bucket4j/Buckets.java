// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.bucket4j;

import dev.gatehouse.ratelimit.Limit;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;
import java.util.function.ToLongFunction;

/** Where Bucket4j's buckets are. Thread-safe. */
interface Buckets {

    /** Uses the bucket of this place, with the figures of this limit; made when it is not there. */
    long use(String place, Limit limit, ToLongFunction<Bucket> use);

    /** Reads the bucket of this place; 0 when it is not there, which is then not changed. */
    long read(String place, Limit limit, ToLongFunction<Bucket> read);

    /** Whether newcomers share a bucket, for want of room. */
    default boolean isShared(String place) {
        return false;
    }

    /** A limit's figures in Bucket4j's terms: refilled greedily, one unit for each time that a unit takes. */
    static BucketConfiguration configuration(Limit limit) {
        return BucketConfiguration.builder()
                .addLimit(bandwidth ->
                        bandwidth.capacity(limit.burst()).refillGreedy(1, Duration.ofNanos(limit.nanosAUnit())))
                .build();
    }
}
