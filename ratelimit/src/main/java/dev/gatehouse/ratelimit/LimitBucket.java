// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

/** One bucket: the units of one limit for one key. Thread-safe; every verb is atomic. */
interface LimitBucket {

    /** Takes {@code units} if there are as many, else nothing. */
    Take take(long units);

    /** Gives back what a take of another limit made useless; never above full. */
    void giveBack(long units);

    /** How it stands, without taking. */
    Take peek();

    /**
     * What came of a take.
     *
     * @param taken whether the units were there
     * @param remaining whole units left
     * @param nanosToTake until the same take would succeed; 0 when it did
     * @param nanosToFull until the bucket is full again
     */
    record Take(boolean taken, long remaining, long nanosToTake, long nanosToFull) {}
}
