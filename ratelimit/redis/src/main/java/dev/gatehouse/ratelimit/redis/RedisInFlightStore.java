// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.redis;

import dev.gatehouse.ratelimit.InFlightLimit;
import dev.gatehouse.ratelimit.InFlightStore;
import dev.gatehouse.ratelimit.LimitKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Requests in flight: for each key and limit a sorted set of the permits that are out. One script call a verb. */
final class RedisInFlightStore implements InFlightStore {

    private static final Script PERMITS = Script.of("permits.lua");

    private final Caller redis;
    private final Keys keys;

    RedisInFlightStore(Caller redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Permit acquire(LimitKey key, InFlightLimit limit) {
        List<Long> answer = call("acquire", key, limit, limit.permits());
        return answer.get(0) == 1
                ? new Permit.Held(key, limit, answer.get(1), answer.get(2))
                : new Permit.Refused(Duration.of(answer.get(1), ChronoUnit.MICROS));
    }

    @Override
    public boolean renew(Permit.Held permit) {
        return call("renew", permit.key(), permit.limit(), permit.id()).get(0) == 1;
    }

    @Override
    public void release(Permit.Held permit) {
        var unused = call("release", permit.key(), permit.limit(), permit.id());
    }

    private List<Long> call(String verb, LimitKey key, InFlightLimit limit, long number) {
        byte[][] names = {keys.permits(key, limit.name()), keys.lastId(key, limit.name())};
        long micros = limit.lease().toNanos() / Arguments.NANOS_A_MICRO;
        return redis.call(PERMITS.call(names, new byte[][] {ascii(verb), ascii(number), ascii(micros)}));
    }

    private static byte[] ascii(Object value) {
        return value.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
