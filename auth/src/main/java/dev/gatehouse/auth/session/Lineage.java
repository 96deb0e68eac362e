// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import dev.gatehouse.config.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a session's tokens are made from, together with a key that is not in the database. Immutable.
 *
 * @param seed random, 43 characters; replaced when privileges change, so that no earlier token leads to a later one
 * @param generation how often the tokens were refreshed since the seed was drawn
 * @param rotatedAt when they were last refreshed, null when never since the seed was drawn
 */
public record Lineage(
        Secret seed, long generation, @Nullable Instant rotatedAt) {

    /** The first generation of a fresh seed. */
    public static Lineage of(Secret seed) {
        return new Lineage(seed, 0, null);
    }

    /** The generation after this one. */
    public Lineage next(Instant now) {
        return new Lineage(seed, generation + 1, now);
    }
}
