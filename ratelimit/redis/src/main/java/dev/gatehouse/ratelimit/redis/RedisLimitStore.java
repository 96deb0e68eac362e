// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.redis;

import dev.gatehouse.config.Secret;
import dev.gatehouse.ratelimit.Decision;
import dev.gatehouse.ratelimit.InFlightStore;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.LimitStore;
import java.util.ArrayList;
import java.util.List;

/**
 * What keys have used of their limits, in Redis 6.2 or later: a decision is one call of a script, in one round trip and on
 * the server's clock. All limits of a key are one hash, which expires when all its buckets are full again. Asks for
 * several keys are sent together; a second round trip gives back what was taken when another key refused.
 *
 * <p>A verb answers within the bound of {@link RedisStoreBuilder#waitAtMost} or throws {@link
 * dev.gatehouse.ratelimit.LimitStoreException}; without a connection it throws at once, and a new one is made in the
 * background. Nothing is ever sent twice. Put it behind {@link dev.gatehouse.ratelimit.fleet.FleetStore}, which decides
 * what happens then.
 *
 * <pre>{@code
 * RedisLimitStore redis = RedisLimitStore.builder(Secret.of(url)).prefix("shop").build();
 * FleetStore store = FleetStore.over("redis", redis, instances).meters(registry).build();
 * RateLimiter limiter = RateLimiter.builder().store(store).meters(registry).build();
 * // at the end, after the gates: store.close() closes both
 * }</pre>
 *
 * <p>Give limits a Redis, or at least a {@code maxmemory-policy}, that evicts nothing: an evicted key is a full bucket. A
 * full Redis that refuses to write counts as one that does not answer. Thread-safe.
 */
public final class RedisLimitStore implements LimitStore {

    private static final Script LIMITS = Script.of("limits.lua");

    private final Caller redis;
    private final Keys keys;

    RedisLimitStore(Caller redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /**
     * A store to be set up.
     *
     * @param url {@code redis://}, {@code rediss://} or {@code redis-sentinel://}, with user and password if need be; it is
     *     never printed
     */
    public static RedisStoreBuilder builder(Secret url) {
        return new RedisStoreBuilder(url);
    }

    @Override
    public Decision take(LimitKey key, List<Limit> limits, long cost) {
        return taken(limits, cost, redis.call(call("take", key, limits, cost)));
    }

    @Override
    public Decision charge(LimitKey key, List<Limit> limits, long units) {
        return taken(limits, units, redis.call(call("charge", key, limits, units)));
    }

    @Override
    public List<Decision> takeAll(List<Ask> asks) {
        List<List<Long>> answers = redis.callAll(asks.stream()
                .map(ask -> call("take", ask.key(), ask.limits(), ask.cost()))
                .toList());
        List<Decision> decisions = new ArrayList<>(asks.size());
        for (int i = 0; i < asks.size(); i++) {
            decisions.add(taken(asks.get(i).limits(), asks.get(i).cost(), answers.get(i)));
        }
        if (!decisions.stream().allMatch(Decision::allowed)) {
            giveBack(asks, decisions);
        }
        return decisions;
    }

    /** Requests in flight, in the same Redis and within the same bound; closed with this store. */
    public InFlightStore inFlight() {
        return new RedisInFlightStore(redis, keys);
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void close() {
        redis.close();
    }

    private void giveBack(List<Ask> asks, List<Decision> decisions) {
        List<Integer> taken = new ArrayList<>();
        List<Script.Call> calls = new ArrayList<>();
        for (int i = 0; i < asks.size(); i++) {
            if (decisions.get(i).allowed()) {
                Ask ask = asks.get(i);
                taken.add(i);
                calls.add(call("charge", ask.key(), ask.limits(), -ask.cost()));
            }
        }
        List<List<Long>> answers = redis.callAll(calls);
        for (int i = 0; i < taken.size(); i++) {
            int ask = taken.get(i);
            decisions.set(ask, taken(asks.get(ask).limits(), 0, answers.get(i)));
        }
    }

    private Script.Call call(String verb, LimitKey key, List<Limit> limits, long units) {
        return LIMITS.call(new byte[][] {keys.limits(key)}, Arguments.of(verb, limits, units));
    }

    /** What the script answered: allowed or not, and what is owed to each limit. */
    private static Decision taken(List<Limit> limits, long cost, List<Long> answer) {
        long[] owed = new long[limits.size()];
        for (int i = 0; i < owed.length; i++) {
            owed[i] = answer.get(1 + 2 * i) * Arguments.NANOS_A_MICRO + answer.get(2 + 2 * i);
        }
        return answer.get(0) == 1 ? Decision.allowed(limits, owed) : Decision.refused(limits, cost, owed);
    }
}
