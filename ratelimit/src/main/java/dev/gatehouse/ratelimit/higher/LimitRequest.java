// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import java.time.Instant;
import java.util.Optional;

/**
 * What a customer asked for, and what came of it. Immutable.
 *
 * @param id unguessable
 * @param account the account's opaque ID
 * @param limit the limit's name
 * @param wanted units of a full bucket
 * @param reason the customer's own words: escape them wherever they are shown
 * @param askedAt when
 * @param answer what an operator said; empty while it waits
 */
public record LimitRequest(
        String id,
        String account,
        String limit,
        long wanted,
        String reason,
        Instant askedAt,
        Optional<LimitAnswer> answer) {

    /** How far it has come. */
    public enum Status {
        /** Nobody has answered yet. */
        PENDING,
        /** The limit was raised. */
        GRANTED,
        /** The limit stays. */
        REFUSED
    }

    /** How far it has come. */
    public Status status() {
        return answer.map(given -> given.grant().isPresent() ? Status.GRANTED : Status.REFUSED)
                .orElse(Status.PENDING);
    }

    LimitRequest answered(LimitAnswer given) {
        return new LimitRequest(id, account, limit, wanted, reason, askedAt, Optional.of(given));
    }
}
