// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.fleet;

import dev.gatehouse.ratelimit.Decision;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.LimitStore.Ask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What the store said to those it refused, to be said again without asking while it must still be so. A bucket's debt
 * shrinks with time and nothing else but a refund, so whoever lacked the units a moment ago lacks them until the debt has
 * shrunk enough. Time is counted from before the store was asked, and debts are judged by the limits of the new
 * request: no refusal holds for longer than the store's own would, and a raised limit is seen at once.
 *
 * <p>A refund by another instance is not seen here: nothing is held for more than a second. As many keys as there are
 * slots, each replacing the one before it: cycling keys costs round trips and no memory.
 */
final class HeldRefusals {

    private static final long LONGEST = Duration.ofSeconds(1).toNanos();

    private static final int SLOTS = 16_384;

    private final AtomicReferenceArray<@Nullable Held> slots = new AtomicReferenceArray<>(SLOTS);

    /** Decisions on all asks if what is held refuses one of them and tells how all of them stand. */
    Optional<List<Decision>> answer(List<Ask> asks, long now) {
        boolean refused = false;
        List<Decision> decisions = new ArrayList<>(asks.size());
        for (int i = 0; i < asks.size(); i++) {
            Ask ask = asks.get(i);
            Held held = slots.get(slot(ask.key()));
            if (held == null || !held.covers(ask, now)) {
                return Optional.empty();
            }
            Decision decision = held.decision(ask, now);
            refused |= !decision.allowed();
            decisions.add(decision);
        }
        return refused ? Optional.of(decisions) : Optional.empty();
    }

    /**
     * Keeps what the store said, when it refused.
     *
     * @param asked when the store was asked, before it answered
     */
    void remember(List<Ask> asks, List<Decision> decisions, long asked) {
        for (int i = 0; i < asks.size(); i++) {
            LimitKey key = asks.get(i).key();
            slots.set(slot(key), new Held(key, decisions.get(i), asked));
        }
    }

    /** What is held of this key may no longer be so. */
    void forget(LimitKey key) {
        slots.set(slot(key), null);
    }

    private int slot(LimitKey key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return Math.floorMod(hash ^ (hash >>> 16), SLOTS);
    }

    /**
     * How a key stood.
     *
     * @param asked when the store was asked
     */
    private record Held(LimitKey key, Decision said, long asked) {

        boolean covers(Ask ask, long now) {
            return now - asked <= LONGEST && key.equals(ask.key()) && sameNames(ask.limits(), said.limits());
        }

        private static boolean sameNames(List<Limit> some, List<Limit> others) {
            boolean same = some.size() == others.size();
            for (int i = 0; same && i < others.size(); i++) {
                same = some.get(i).name().equals(others.get(i).name());
            }
            return same;
        }

        Decision decision(Ask ask, long now) {
            long[] owed = new long[ask.limits().size()];
            boolean refused = false;
            for (int i = 0; i < owed.length; i++) {
                Limit limit = ask.limits().get(i);
                owed[i] = Math.max(0, Math.min(limit.mostOwed(), said.owed(i) - (now - asked)));
                refused |= owed[i] + ask.cost() * limit.nanosAUnit() > limit.nanosToFill();
            }
            return refused ? Decision.refused(ask.limits(), ask.cost(), owed) : Decision.allowed(ask.limits(), owed);
        }
    }
}
