// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.fleet;

import dev.gatehouse.ratelimit.Basis;
import dev.gatehouse.ratelimit.Decision;
import dev.gatehouse.ratelimit.FailureMode;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.LimitStore;
import dev.gatehouse.ratelimit.LimitStore.Ask;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides without the shared store, each limit by its mode, on a store of this instance's own. What was counted here stays
 * counted when the shared store comes and goes: each share is given out once, not once an outage.
 *
 * <p>A cost beyond a share is admitted when the share is full, and owed afterwards: an export must not become impossible
 * because it is larger than a share.
 */
final class LocalShares {

    private final LimitStore store;
    private final int instances;

    LocalShares(LimitStore store, int instances) {
        this.store = store;
        this.instances = instances;
    }

    /** All asks or none. */
    List<Decision> takeAll(List<Ask> asks) {
        if (asks.stream().anyMatch(LocalShares::isClosed)) {
            return asks.stream().map(this::refusal).toList();
        }
        List<Decision> decisions = new ArrayList<>(asks.stream().map(this::take).toList());
        if (!decisions.stream().allMatch(Decision::allowed)) {
            giveBack(asks, decisions);
        }
        return decisions;
    }

    /** Charges the shares of these limits, or what of them are shares already. */
    Decision charge(LimitKey key, List<Limit> limits, long units) {
        return store.charge(key, shares(limits), units).on(Basis.LOCAL_SHARE);
    }

    private Decision take(Ask ask) {
        List<Limit> shared = shared(ask);
        if (shared.isEmpty()) {
            return Decision.allowed(ask.limits(), new long[ask.limits().size()]).on(Basis.OPEN);
        }
        long atOnce = shared.stream().mapToLong(Limit::burst).reduce(ask.cost(), Math::min);
        Decision decision = store.take(ask.key(), shared, atOnce);
        if (decision.allowed() && atOnce < ask.cost()) {
            decision = store.charge(ask.key(), shared, ask.cost() - atOnce);
        }
        return decision.on(Basis.LOCAL_SHARE);
    }

    private void giveBack(List<Ask> asks, List<Decision> decisions) {
        for (int i = 0; i < asks.size(); i++) {
            Ask ask = asks.get(i);
            if (decisions.get(i).basis() == Basis.LOCAL_SHARE
                    && decisions.get(i).allowed()) {
                decisions.set(i, charge(ask.key(), decisions.get(i).limits(), -ask.cost()));
            }
        }
    }

    /** Of an ask with a closed limit, or beside one: nothing is taken. */
    private Decision refusal(Ask ask) {
        if (!isClosed(ask)) {
            return charge(ask.key(), ask.limits(), 0);
        }
        long[] owed = ask.limits().stream()
                .mapToLong(limit -> limit.whenStoreFails() == FailureMode.CLOSED ? limit.nanosToFill() : 0)
                .toArray();
        return Decision.refused(ask.limits(), ask.cost(), owed).on(Basis.CLOSED);
    }

    private static boolean isClosed(Ask ask) {
        return ask.limits().stream().anyMatch(limit -> limit.whenStoreFails() == FailureMode.CLOSED);
    }

    /** The shares of the limits that are not open. */
    private List<Limit> shared(Ask ask) {
        return shares(ask.limits().stream()
                .filter(limit -> limit.whenStoreFails() != FailureMode.OPEN)
                .toList());
    }

    private List<Limit> shares(List<Limit> limits) {
        return limits.stream()
                .map(limit -> limit.isShare() ? limit : limit.shareOf(instances))
                .toList();
    }
}
