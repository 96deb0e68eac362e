// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

/** Where buckets are kept: the seam behind which the engine can be exchanged. Implementations are thread-safe. */
interface BucketStore {

    /** The bucket that counts {@code key} against {@code limit}; full when it is new. */
    LimitBucket bucket(LimitKey key, Limit limit);

    /** How that bucket stands, without making one. */
    LimitBucket.Take peek(LimitKey key, Limit limit);

    /** How many buckets of this kind of key are held. */
    long held(LimitKey.Kind kind);

    /** How many buckets of one kind of key may be held. */
    long bound();
}
