// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ratelimit.Decision;
import dev.gatehouse.ratelimit.InFlightLimit;
import dev.gatehouse.ratelimit.InFlightStore.Permit;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.LimitStore.Ask;
import dev.gatehouse.ratelimit.contract.Await;
import dev.gatehouse.ratelimit.contract.Crowd;
import io.lettuce.core.api.sync.RedisCommands;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much is asked of the server, and what is left in it. */
class RedisScriptTest {

    private static final Limit TEN = Limit.of("ten", 10, Duration.ofDays(50));
    private static final Limit QUICK = Limit.perSecond("quick", 20);

    private final TestRedis server = TestRedis.start();
    private final RedisCommands<String, String> redis = server.commands();
    private final RedisLimitStore store = RedisLimitStore.builder(server.url())
            .prefix("script")
            .waitAtMost(Duration.ofSeconds(1))
            .build();
    private final LimitKey key = LimitKey.account(UUID.randomUUID().toString());
    private final String redisKey = "script:{account:" + key.text() + "}";

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    private long calls(String command) {
        Matcher calls =
                Pattern.compile("cmdstat_" + command + ":calls=([0-9]+)").matcher(redis.info("commandstats"));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    @Test
    void aDecisionOnAllLimitsOfAKeyIsOneCommand() {
        store.take(key, List.of(TEN), 1);
        redis.configResetstat();

        for (int i = 0; i < 100; i++) {
            store.take(key, List.of(TEN, QUICK, Limit.perHour("third", 500)), 1);
        }

        assertThat(calls("evalsha")).isEqualTo(100);
        assertThat(calls("eval")).isZero();
        assertThat(calls("script")).isZero();
    }

    @Test
    void aDecisionOnTwoKeysIsTwoCommandsAndThreeWhenOneOfThemRefuses() {
        LimitKey other = LimitKey.route("GET /");
        List<Ask> asks = List.of(new Ask(other, List.of(TEN), 1), new Ask(key, List.of(TEN), 6));
        store.take(key, List.of(TEN), 1);
        redis.configResetstat();

        assertThat(store.takeAll(asks)).allMatch(Decision::allowed);
        assertThat(calls("evalsha")).isEqualTo(2);
        assertThat(store.takeAll(asks)).extracting(Decision::allowed).containsExactly(true, false);
        assertThat(calls("evalsha")).isEqualTo(5);
        assertThat(store.charge(other, List.of(TEN), 0).remaining(0)).isEqualTo(9);
    }

    @Test
    void aServerThatForgetsTheScriptIsToldItAgainAndNothingIsCountedTwice() throws Exception {
        Limit hundred = Limit.of("hundred", 100, Duration.ofDays(50));
        AtomicInteger asked = new AtomicInteger();

        int admitted = Crowd.count(10, i -> {
            if (asked.incrementAndGet() % 20 == 0) {
                redis.scriptFlush();
            }
            return store.take(key, List.of(hundred), 1).allowed();
        });

        assertThat(admitted).isEqualTo(100);
        assertThat(calls("eval")).isPositive();
    }

    @Test
    void noKeyOutlivesItsRefill() {
        for (int i = 0; i < 50; i++) {
            Decision decision = store.take(key, List.of(QUICK, Limit.perSecond("other", 100)), 1 + i % 3);
            long fullInMillis = Math.max(decision.owed(0), decision.owed(1)) / 1_000_000;

            assertThat(redis.pttl(redisKey)).isBetween(-2L, fullInMillis + 2);
        }
        Await.until("the key is gone", () -> redis.exists(redisKey) == 0);
        assertThat(store.charge(key, List.of(QUICK), 0).remaining(0)).isEqualTo(20);
    }

    @Test
    void aShorterLimitDoesNotShortenTheLifeOfALongerOne() {
        store.take(key, List.of(TEN), 10);
        store.take(key, List.of(QUICK), 1);

        assertThat(redis.pttl(redisKey)).isGreaterThan(Duration.ofDays(49).toMillis());
    }

    @Test
    void nothingIsWrittenByARefusalByReadingOrByGivingANewcomerBack() {
        store.charge(key, List.of(TEN), 0);
        store.charge(key, List.of(TEN), -3);
        assertThat(redis.keys("*")).isEmpty();
        store.take(key, List.of(TEN), 10);
        redis.configResetstat();

        store.take(key, List.of(TEN), 1);

        assertThat(calls("hset")).isZero();
        assertThat(calls("pexpire")).isZero();
    }

    @Test
    void permitsLeaveNothingBehindWhenTheirLeasesHaveEnded() {
        InFlightLimit second = new InFlightLimit("second", 3, Duration.ofSeconds(1));
        Permit.Held held = (Permit.Held) store.inFlight().acquire(key, second);
        store.inFlight().acquire(key, second);
        store.inFlight().release(held);

        assertThat(redis.keys("*")).hasSize(2);
        assertThat(redis.keys("*")).allMatch(name -> redis.pttl(name) > 0 && redis.pttl(name) <= 1_001);
    }

    /** The clock that counts is the server's: what a clock set back leaves behind, nobody has to sit out. */
    @Test
    void aServerWhoseClockWasSetBackLocksNobodyOutForLongerThanALimitTakesToRefill() {
        store.take(key, List.of(QUICK), 1);
        BigInteger state = new BigInteger(redis.hget(redisKey, "quick"));
        BigInteger tenYears = BigInteger.valueOf(Duration.ofDays(3_650).toNanos());
        redis.hset(redisKey, "quick", state.add(tenYears).toString());
        redis.persist(redisKey);

        Decision.Refused refused = (Decision.Refused) store.take(key, List.of(QUICK), 1);

        assertThat(refused.retryAfter()).isLessThanOrEqualTo(Duration.ofMillis(1_050));
        Await.until(
                "it is admitted again", () -> store.take(key, List.of(QUICK), 1).allowed());
    }

    @Test
    void aServerWhoseClockWasSetForwardFillsBucketsOnce() {
        store.take(key, List.of(TEN), 10);
        redis.hset(redisKey, "ten", "1000000000000000000");

        assertThat(store.take(key, List.of(TEN), 10).allowed()).isTrue();
        assertThat(store.take(key, List.of(TEN), 1).allowed()).isFalse();
    }
}
