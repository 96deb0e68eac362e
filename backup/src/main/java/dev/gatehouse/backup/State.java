// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.catalogue.Holdings;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of the store, for those who must answer quickly.
 *
 * @param holdings what it held when it was last read
 * @param readAt when that was; empty when never
 * @param trouble why it could not be read since; empty when it could
 */
record State(Holdings holdings, Optional<Instant> readAt, Optional<String> trouble) {

    static final State UNKNOWN = new State(Holdings.NONE, Optional.empty(), Optional.empty());

    State withTrouble(String why) {
        return new State(holdings, readAt, Optional.of(why));
    }
}
