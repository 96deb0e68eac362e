// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.HealthStatus;
import dev.gatehouse.http.Routes;
import dev.gatehouse.testing.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An attacker has as many keys as he likes. */
class KeySpaceTest {

    private static final int BOUND = 1_000;
    private static final Limit LIMIT = Limit.perMinute("ten", 10);
    private static final LimitKey LIMITED = account(-1);

    private final ManualTime time = new ManualTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RateLimiter limiter =
            RateLimiter.builder().ticker(time).meters(meters).maxKeys(BOUND).build();

    private static LimitKey account(int number) {
        return LimitKey.account("account" + number);
    }

    private void attack(int keys) {
        for (int i = 0; i < keys; i++) {
            limiter.take(account(i), LIMIT, 1);
        }
    }

    @Test
    void neverForgetsALimitedKeyToMakeRoom() {
        limiter.take(LIMITED, LIMIT, 10);
        attack(50 * BOUND);

        assertThat(limiter.take(LIMITED, LIMIT, 1)).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void holdsNoMoreKeysThanItsBoundAndCountsTheRest() {
        attack(3 * BOUND);

        assertThat(limiter.space().orElseThrow().held(LimitKey.Kind.ACCOUNT)).isEqualTo(BOUND);
        assertThat(meters.get("gatehouse.ratelimit.keys")
                        .tag("kind", "account")
                        .gauge()
                        .value())
                .isEqualTo(BOUND);
        assertThat(meters.get("gatehouse.ratelimit.overflow")
                        .tag("kind", "account")
                        .functionCounter()
                        .count())
                .isEqualTo(2.0 * BOUND);
    }

    @Test
    void letsNewcomersShareOneBucketWhileItIsFull() {
        attack(BOUND);
        for (int i = 0; i < 10; i++) {
            assertThat(limiter.take(account(BOUND + i), LIMIT, 1)).isInstanceOf(Decision.Allowed.class);
        }

        assertThat(limiter.take(account(BOUND + 10), LIMIT, 1)).isInstanceOf(Decision.Refused.class);
        assertThat(limiter.status(account(BOUND + 11), LIMIT).remaining()).isZero();
        assertThat(limiter.take(account(0), LIMIT, 1)).isInstanceOf(Decision.Allowed.class);
    }

    @Test
    void makesRoomOnceBucketsHaveLongBeenFullAgain() {
        limiter.take(LIMITED, LIMIT, 10);
        attack(2 * BOUND);
        time.advance(LIMIT.window().multipliedBy(2).plusSeconds(2));

        assertThat(limiter.take(account(BOUND * 5), LIMIT, 10)).isInstanceOf(Decision.Allowed.class);
        assertThat(limiter.take(account(BOUND * 6), LIMIT, 10)).isInstanceOf(Decision.Allowed.class);
        assertThat(limiter.space().orElseThrow().held(LimitKey.Kind.ACCOUNT)).isLessThan(BOUND);
    }

    @Test
    void neverDropsABucketBeforeItIsFullAgain() {
        Limit slow = Limit.of("slow", 2, Duration.ofHours(2));
        limiter.take(LIMITED, slow, 2);
        for (int i = 0; i < 59; i++) {
            time.advance(Duration.ofMinutes(1));
            attack(2 * BOUND);
        }

        assertThat(limiter.take(LIMITED, slow, 1)).isInstanceOf(Decision.Refused.class);
    }

    /** The bucket is full again, is dropped to make room for the key's other one, and comes back in the same decision. */
    @Test
    void countsABucketThatIsDroppedAndMadeAgainAtOnce() {
        int room = 64;
        RateLimiter small = RateLimiter.builder().ticker(time).maxKeys(room).build();
        Limit hourly = Limit.perHour("hourly", 1);
        small.take(LIMITED, LIMIT, 10);
        for (int i = 1; i < room; i++) {
            small.take(account(i), hourly, 1);
        }
        time.advance(Duration.ofSeconds(61));
        small.take(LIMITED, List.of(Limit.perSecond("other", 1), LIMIT), 1);
        time.advance(Duration.ofHours(2));

        for (int i = 1; i <= room; i++) {
            assertThat(small.take(account(room + i), hourly, 1).basis()).isEqualTo(Basis.STORE);
        }
        assertThat(small.take(account(-2), hourly, 1).basis()).isEqualTo(Basis.SHARED_KEY);
        assertThat(small.space().orElseThrow().held(LimitKey.Kind.ACCOUNT)).isEqualTo(room);
    }

    @Test
    void leavesTheOtherKindsOfKeyAlone() {
        attack(3 * BOUND);

        for (int i = 0; i < 20; i++) {
            assertThat(limiter.take(LimitKey.identifier("mail" + i), LIMIT, 10)).isInstanceOf(Decision.Allowed.class);
        }
    }

    @Test
    void reportsDegradedHealthWhileASpaceIsFull() throws Exception {
        RateLimits limits = RateLimits.builder(limiter).build();
        RateLimitGate gate = new RateLimitGate(limits, Routes.of());
        assertThat(gate.health().get(0).probe().call()).isEqualTo(HealthStatus.up());

        attack(BOUND);

        assertThat(gate.health().get(0).probe().call().state()).isEqualTo(HealthStatus.State.DEGRADED);
        assertThat(gate.health()).noneMatch(check -> check.required());
    }
}
