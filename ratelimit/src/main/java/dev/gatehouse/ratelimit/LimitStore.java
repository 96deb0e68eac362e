// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.HealthCheck;
import java.util.ArrayList;
import java.util.List;

/**
 * Where it is kept what keys have used of their limits. Every verb is atomic and thread-safe, and counts on one clock: a
 * store that a fleet shares uses its own, not the callers'. What a key has used of a limit is kept under the limit's
 * name; the limit's figures arrive with each call, so that a changed limit applies at once.
 *
 * <p>A verb answers within the bound that the store was built with or throws {@link LimitStoreException}; it never waits
 * for longer. After an exception, the units may or may not have been taken. Limits of one call have different names.
 */
public interface LimitStore extends AutoCloseable {

    /**
     * Takes {@code cost} units from every limit, or nothing from any when one of them lacks them. Nobody sees only some of
     * the limits taken from, unless the store says that others may see too few units for a moment; never too many.
     *
     * @param cost at least 1 and at most the smallest {@link Limit#burst}
     */
    Decision take(LimitKey key, List<Limit> limits, long cost);

    /**
     * Charges {@code units} to every limit whether they are there or not, each at most to its {@link Limit#debt}; gives
     * back when negative, at most to full; reads when 0, without making room for the key.
     *
     * @return how the limits stand then, always {@link Decision.Allowed}
     */
    Decision charge(LimitKey key, List<Limit> limits, long units);

    /**
     * Decides for several keys, all or none: when one is refused, what was taken for the others is given back. Until then
     * others may see too few units, never too many. A store over a network asks for all in one round trip.
     *
     * @return the decisions, in the order of the asks; those that were given back say how they stand afterwards
     */
    default List<Decision> takeAll(List<Ask> asks) {
        List<Decision> decisions = new ArrayList<>(asks.size());
        asks.forEach(ask -> decisions.add(take(ask.key(), ask.limits(), ask.cost())));
        if (!decisions.stream().allMatch(Decision::allowed)) {
            for (int i = 0; i < asks.size(); i++) {
                Ask ask = asks.get(i);
                if (decisions.get(i).allowed()) {
                    decisions.set(i, charge(ask.key(), ask.limits(), -ask.cost()));
                }
            }
        }
        return decisions;
    }

    /** Whether all instances of the application count here together. */
    default boolean isShared() {
        return false;
    }

    /** How the store is, for operators; nothing unless it can be otherwise than well. Never asks the store itself. */
    default List<HealthCheck> health() {
        return List.of();
    }

    @Override
    default void close() {}

    /**
     * What is asked for one key.
     *
     * @param key whom the limits count
     * @param limits of different names
     * @param cost units of each
     */
    record Ask(LimitKey key, List<Limit> limits, long cost) {
        /** Freezes the limits. */
        public Ask {
            limits = List.copyOf(limits);
        }
    }
}
