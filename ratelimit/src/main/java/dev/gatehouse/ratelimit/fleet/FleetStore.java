// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.fleet;

import dev.gatehouse.HealthCheck;
import dev.gatehouse.ratelimit.Decision;
import dev.gatehouse.ratelimit.InFlightStore;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.LimitStore;
import dev.gatehouse.ratelimit.MemoryLimitStore;
import java.util.List;
import java.util.Optional;

/**
 * Limits that a fleet shares through one store, and that hold when it is slow or down. Put it around the store that is
 * asked over the network, and give it to {@link dev.gatehouse.ratelimit.RateLimiter.Builder#store}.
 *
 * <p>While the store answers, it decides. Who was refused is refused again without asking, for as long as that must still
 * be so and at most a second. When the store fails five times in a row, or more than one time in eleven for long, it is
 * asked no more: each limit does what its {@link dev.gatehouse.ratelimit.FailureMode} says, at once, and the decision
 * says {@link Decision#degraded}. A single question at intervals finds out when it is there again.
 *
 * <p>So a request waits at most for the store's own bound, and only the few that find out wait at all. By an outage, all
 * instances together admit at most one burst too many: their shares. What the shares still owe when the store is there
 * again is charged to it, by each instance on its return and into debt if need be. A store that forgot everything
 * meanwhile gives out one more burst. Each change is a log line, a metric and a health detail. Thread-safe.
 */
public final class FleetStore implements LimitStore {

    private final LimitStore shared;
    private final LocalShares local;
    private final StoreGuard guard;
    private final HeldRefusals held;
    private final FleetSettings settings;

    FleetStore(LimitStore shared, StoreGuard guard, FleetSettings settings) {
        this.shared = shared;
        this.guard = guard;
        this.settings = settings;
        this.local = new LocalShares(new MemoryLimitStore(settings.ticker(), settings.localKeys()), settings);
        this.held = new HeldRefusals();
    }

    /**
     * A fleet's store, to be set up.
     *
     * @param name the store's, for logs and metrics: {@code redis}
     * @param shared answers within a bound of its own, or throws
     * @param instances how many share the limits: each counts that part by itself while the store is away
     */
    public static FleetStoreBuilder over(String name, LimitStore shared, int instances) {
        return new FleetStoreBuilder(name, shared, instances);
    }

    @Override
    public Decision take(LimitKey key, List<Limit> limits, long cost) {
        return takeAll(List.of(new Ask(key, limits, cost))).get(0);
    }

    @Override
    public List<Decision> takeAll(List<Ask> asks) {
        long now = settings.ticker().nanos();
        Optional<List<Decision>> known = guard.isOpen() ? Optional.empty() : held.answer(asks, now);
        if (known.isPresent()) {
            guard.meters().held();
            return known.get();
        }
        boolean settled = !guard.isOpen() && local.settle(asks, this::settle);
        Optional<List<Decision>> answer = settled ? guard.ask(() -> askShared(asks, now)) : Optional.empty();
        List<Decision> decisions = answer.orElseGet(() -> local.takeAll(asks));
        guard.meters().decided(decisions);
        return decisions;
    }

    @Override
    public Decision charge(LimitKey key, List<Limit> limits, long units) {
        if (limits.stream().anyMatch(Limit::isShare)) {
            return local.charge(key, limits, units);
        }
        Decision decision =
                guard.ask(() -> shared.charge(key, limits, units)).orElseGet(() -> local.charge(key, limits, units));
        if (units != 0) {
            // Afterwards: who is refused while units are given back must not be refused for a second more.
            held.forget(key);
        }
        return decision;
    }

    /** Requests in flight, counted by {@code store} while it answers, behind the same guard; by share while it is away. */
    public InFlightStore inFlight(InFlightStore store) {
        return new FleetInFlight(store, guard, settings);
    }

    /** Whether the store answers, and if not, why and what that means. */
    @Override
    public List<HealthCheck> health() {
        return List.of(HealthCheck.informing("ratelimit-" + settings.name(), guard::health));
    }

    @Override
    public boolean isShared() {
        return shared.isShared();
    }

    /** Whether the shared store decides now. */
    public boolean answers() {
        return !guard.isOpen();
    }

    /** Closes the shared store too. */
    @Override
    public void close() {
        guard.close();
        shared.close();
    }

    private List<Decision> askShared(List<Ask> asks, long now) {
        List<Decision> decisions = asks.size() == 1 ? List.of(askShared(asks.get(0))) : shared.takeAll(asks);
        if (!decisions.stream().allMatch(Decision::allowed)) {
            held.remember(asks, decisions, now);
        }
        return decisions;
    }

    /** A question by itself: several together take longer than an answer may. */
    private boolean settle(Ask owed) {
        return guard.ask(() -> shared.charge(owed.key(), owed.limits(), owed.cost()))
                .isPresent();
    }

    private Decision askShared(Ask ask) {
        return shared.take(ask.key(), ask.limits(), ask.cost());
    }
}
