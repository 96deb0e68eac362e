// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import java.time.Duration;

/**
 * How the copy of a cache is kept.
 *
 * @param store where
 * @param keys writes keys down
 * @param values writes answers down
 * @param version of what these two write; a copy of another version is left out
 * @param every how often it is written, when anything changed
 * @param maxAge how old an answer may be to be taken in
 */
record CopyPlan<K, V>(
        StaleStore store, StaleCodec<K> keys, StaleCodec<V> values, int version, Duration every, Duration maxAge) {}
