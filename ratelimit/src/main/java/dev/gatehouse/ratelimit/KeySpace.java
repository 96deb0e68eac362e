// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.Arrays;
import java.util.List;

/** How full a store that keeps its keys in this JVM is. Thread-safe. */
public interface KeySpace {

    /** How many buckets of this kind of key are held. */
    long held(LimitKey.Kind kind);

    /** How many buckets of one kind of key may be held. */
    long maxKeys();

    /** Decisions since the start on a bucket that newcomers of this kind shared because the space was full. */
    long overflows(LimitKey.Kind kind);

    /** The kinds of key whose space is full. */
    default List<LimitKey.Kind> full() {
        return Arrays.stream(LimitKey.Kind.values())
                .filter(kind -> held(kind) >= maxKeys())
                .toList();
    }
}
