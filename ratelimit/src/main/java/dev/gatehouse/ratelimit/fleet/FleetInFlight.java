// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.fleet;

import dev.gatehouse.ratelimit.InFlightLimit;
import dev.gatehouse.ratelimit.InFlightStore;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.MemoryInFlightStore;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Requests in flight: counted by the shared store while it answers, else by this instance against its share. Permits of
 * this instance's own have negative IDs, so that each goes back to where it came from.
 *
 * <p>While the store is away, what it gave cannot be renewed there, and work goes on. What cannot be given back is kept, as
 * far as there is room, and given back when the store is asked next; else the lease ends by itself.
 */
final class FleetInFlight implements InFlightStore {

    private static final int MOST_LOCAL = 100_000;
    private static final int MOST_KEPT = 1_000;

    private final InFlightStore shared;
    private final InFlightStore local;
    private final StoreGuard guard;
    private final int instances;

    /** Permits of the store's whose work has ended. */
    private final Queue<Permit.Held> ended = new ArrayBlockingQueue<>(MOST_KEPT);

    FleetInFlight(InFlightStore shared, StoreGuard guard, FleetSettings settings) {
        this.shared = shared;
        this.guard = guard;
        this.local = new MemoryInFlightStore(settings.ticker(), MOST_LOCAL);
        this.instances = settings.instances();
    }

    @Override
    public Permit acquire(LimitKey key, InFlightLimit limit) {
        return guard.ask(() -> fromShared(key, limit)).orElseGet(() -> fromShare(key, limit));
    }

    @Override
    public boolean renew(Permit.Held permit) {
        return isLocal(permit)
                ? local.renew(negated(permit))
                : guard.ask(() -> shared.renew(permit)).orElse(true);
    }

    @Override
    public void release(Permit.Held permit) {
        if (isLocal(permit)) {
            local.release(negated(permit));
        } else {
            boolean done = guard.ask(() -> {
                        shared.release(permit);
                        return true;
                    })
                    .orElse(false);
            keepUnless(done, permit);
        }
    }

    /** Closes the store that the fleet shares. */
    @Override
    public void close() {
        shared.close();
    }

    /** Gives one back before it asks for one. */
    private Permit fromShared(LimitKey key, InFlightLimit limit) {
        Permit.Held kept = ended.poll();
        if (kept != null) {
            boolean done = false;
            try {
                shared.release(kept);
                done = true;
            } finally {
                keepUnless(done, kept);
            }
        }
        return shared.acquire(key, limit);
    }

    private void keepUnless(boolean done, Permit.Held permit) {
        if (!done) {
            var unused = ended.offer(permit);
        }
    }

    private Permit fromShare(LimitKey key, InFlightLimit limit) {
        InFlightLimit share = new InFlightLimit(limit.name(), Math.max(1, limit.permits() / instances), limit.lease());
        Permit permit = local.acquire(key, share);
        return permit instanceof Permit.Held held ? negated(held) : permit;
    }

    private static boolean isLocal(Permit.Held permit) {
        return permit.id() < 0;
    }

    private static Permit.Held negated(Permit.Held permit) {
        return new Permit.Held(permit.key(), permit.limit(), -permit.id(), permit.inFlight());
    }
}
