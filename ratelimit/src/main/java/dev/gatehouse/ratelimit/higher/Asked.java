// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

/** What came of asking for a higher limit. */
public sealed interface Asked {

    /**
     * The request waits for an operator.
     *
     * @param request as it was kept
     */
    record Filed(LimitRequest request) implements Asked {}

    /**
     * An earlier request of this account for this limit waits already; nothing was kept.
     *
     * @param request the earlier one
     */
    record AlreadyPending(LimitRequest request) implements Asked {}

    /**
     * A field broke a rule; nothing was kept.
     *
     * @param field {@code limit}, {@code wanted} or {@code reason}
     * @param rule what must hold, for the customer
     */
    record Invalid(String field, String rule) implements Asked {}

    /** As many requests wait as are kept; nothing was kept. */
    record TooMany() implements Asked {}
}
