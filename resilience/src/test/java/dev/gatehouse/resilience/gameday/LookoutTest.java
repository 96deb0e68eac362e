// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LookoutTest {

    private final Lookout lookout = new Lookout(Duration.ofMillis(30));

    @Test
    void waitsNoLongerThanItsBound() throws Exception {
        Reading reading = lookout.look(() -> {
            new CountDownLatch(1).await();
            return Reading.good("never");
        });

        assertThat(reading).isEqualTo(Reading.bad("no answer within 0 s"));
    }

    @Test
    void startsNoSecondLookWhileTheFirstIgnoresItsInterrupt() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        Check stubborn = () -> {
            looks.incrementAndGet();
            while (free.getCount() > 0) {
                Thread.onSpinWait();
            }
            return Reading.good("at last");
        };
        lookout.look(stubborn);

        assertThat(lookout.look(stubborn)).isEqualTo(Reading.bad("its last look has still not ended"));
        assertThat(looks).hasValue(1);
        free.countDown();
    }
}
