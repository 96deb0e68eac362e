// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ratelimit.InFlightLimit;
import dev.gatehouse.ratelimit.InFlightStore;
import dev.gatehouse.ratelimit.InFlightStore.Permit;
import dev.gatehouse.ratelimit.LimitKey;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link InFlightStore} holds. Keys are new in each test, so that a store may be shared between them. */
public abstract class InFlightStoreContract {

    private static final InFlightLimit FIVE = new InFlightLimit("five", 5, Duration.ofHours(1));
    private static final InFlightLimit ONE = new InFlightLimit("one", 1, Duration.ofHours(1));
    private static final InFlightLimit SHORT = new InFlightLimit("short", 1, Duration.ofSeconds(1));

    private final LimitKey key = LimitKey.account(UUID.randomUUID().toString());

    /** One of four instances, 0 to 3, that share what they keep; the same object where there is but one. */
    protected abstract InFlightStore instance(int number);

    /** Lets so much time pass on the store's clock, or a little more. */
    protected abstract void letPass(Duration time) throws Exception;

    private Permit acquire(InFlightLimit limit) {
        return instance(0).acquire(key, limit);
    }

    @Test
    void givesAsManyPermitsAsTheLimitHasAndThenNone() {
        for (int i = 1; i <= 5; i++) {
            assertThat(((Permit.Held) acquire(FIVE)).inFlight()).isEqualTo(i);
        }

        Permit.Refused refused = (Permit.Refused) acquire(FIVE);
        assertThat(refused.retryAfter()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    }

    @Test
    void givesAPermitAgainOnceOneIsReleased() {
        Permit.Held held = (Permit.Held) acquire(ONE);
        assertThat(acquire(ONE)).isInstanceOf(Permit.Refused.class);

        instance(1).release(held);

        assertThat(acquire(ONE)).isInstanceOf(Permit.Held.class);
    }

    @Test
    void givesBackOnceHoweverOftenItIsReleased() {
        Permit.Held held = (Permit.Held) acquire(ONE);
        instance(0).release(held);
        acquire(ONE);

        instance(0).release(held);

        assertThat(acquire(ONE)).isInstanceOf(Permit.Refused.class);
    }

    @Test
    void countsEachKeyAndLimitByItself() {
        acquire(ONE);

        assertThat(acquire(SHORT)).isInstanceOf(Permit.Held.class);
        assertThat(instance(0).acquire(LimitKey.session(key.text()), ONE)).isInstanceOf(Permit.Held.class);
    }

    @Test
    void appliesAChangedLimitToTheNextRequest() {
        acquire(FIVE);
        acquire(FIVE);

        assertThat(acquire(new InFlightLimit("five", 2, FIVE.lease()))).isInstanceOf(Permit.Refused.class);
        assertThat(acquire(new InFlightLimit("five", 3, FIVE.lease()))).isInstanceOf(Permit.Held.class);
    }

    @Test
    void takesAPermitBackWhenItsLeaseEnds() throws Exception {
        Permit.Held dead = (Permit.Held) acquire(SHORT);
        letPass(Duration.ofSeconds(1));

        assertThat(instance(1).renew(dead)).isFalse();
        assertThat(acquire(SHORT)).isInstanceOf(Permit.Held.class);
        instance(0).release(dead);
        assertThat(acquire(SHORT)).isInstanceOf(Permit.Refused.class);
    }

    @Test
    void keepsAPermitThatIsRenewed() {
        Permit.Held held = (Permit.Held) acquire(ONE);

        assertThat(instance(2).renew(held)).isTrue();
        assertThat(acquire(ONE)).isInstanceOf(Permit.Refused.class);
        instance(3).release(held);
        assertThat(instance(2).renew(held)).isFalse();
    }

    @Test
    void givesExactlyTheLimitsPermitsToACrowdOverFourInstances() throws Exception {
        assertThat(Crowd.count(2, i -> instance(i % 4).acquire(key, FIVE) instanceof Permit.Held))
                .isEqualTo(5);
    }

    @Test
    void neverHasMoreInFlightWhilePermitsComeAndGo() throws Exception {
        AtomicInteger inFlight = new AtomicInteger();
        AtomicBoolean exceeded = new AtomicBoolean();
        Queue<Permit.Held> used = new ConcurrentLinkedQueue<>();

        Crowd.count(20, i -> {
            if (instance(i % 4).acquire(key, FIVE) instanceof Permit.Held held) {
                if (inFlight.incrementAndGet() > 5) {
                    exceeded.set(true);
                }
                inFlight.decrementAndGet();
                instance((i + 1) % 4).release(held);
                used.add(held);
            }
            return true;
        });

        assertThat(exceeded).isFalse();
        assertThat(used).extracting(Permit.Held::id).doesNotHaveDuplicates();
        for (int i = 1; i <= 5; i++) {
            assertThat(acquire(FIVE)).isInstanceOf(Permit.Held.class);
        }
    }
}
