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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

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
    private final int mostDue;

    /** What was asked of here since it was last told to the shared store. */
    private final Set<Ask> due = ConcurrentHashMap.newKeySet();

    LocalShares(LimitStore store, FleetSettings settings) {
        this.store = store;
        this.instances = settings.instances();
        this.mostDue = settings.localKeys();
    }

    /** All asks or none. */
    List<Decision> takeAll(List<Ask> asks) {
        if (asks.stream().anyMatch(LocalShares::isClosed)) {
            return asks.stream().map(this::refusal).toList();
        }
        List<Decision> decisions = new ArrayList<>(asks.stream().map(this::take).toList());
        if (!decisions.stream().allMatch(Decision::allowed)) {
            giveBack(asks, decisions);
        } else if (due.size() < mostDue) {
            asks.forEach(ask -> due.add(once(ask)));
        }
        return decisions;
    }

    /**
     * Has the shared store, which is there again, charged what the shares of these limits still owe, one limit at a time. It
     * saw nothing of what was given out here, and would give out as much once more.
     *
     * @return whether it could be; else it is tried again once something more was asked of here
     */
    boolean settle(List<Ask> asks, Predicate<Ask> shared) {
        return due.isEmpty()
                || asks.stream().map(LocalShares::once).filter(due::remove).allMatch(ask -> settle(ask, shared));
    }

    private boolean settle(Ask ask, Predicate<Ask> shared) {
        return ask.limits().stream().allMatch(limit -> {
            Limit share = limit.shareOf(instances);
            long owed = store.charge(ask.key(), List.of(share), 0).owed(0);
            long units = -Math.floorDiv(-owed, share.nanosAUnit());
            return units == 0 || shared.test(new Ask(ask.key(), List.of(limit), units));
        });
    }

    private static Ask once(Ask ask) {
        return new Ask(ask.key(), ask.limits(), 1);
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
