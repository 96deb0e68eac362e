// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.context.RequestContext;
import dev.gatehouse.testing.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AbuseSignalsTest {

    private final ManualTime time = new ManualTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AbuseSignals signals = new AbuseSignals(time, meters, 3);

    private void seen(String account, String address) {
        try {
            signals.seen(RequestContext.NONE.withAccount(account).withClient(InetAddress.getByName(address)));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private void refuse(String key, int times) {
        for (int i = 0; i < times; i++) {
            signals.refused("address", key);
        }
    }

    @Nested
    class Refused {

        @Test
        void theMostRefusedComeFirst() {
            refuse("203.0.113.1/32", 3);
            refuse("203.0.113.2/32", 5);

            assertThat(signals.topRefused(10))
                    .containsExactly(
                            new Offender("address", "203.0.113.2/32", 5, 5),
                            new Offender("address", "203.0.113.1/32", 3, 3));
            assertThat(signals.topRefused(1)).hasSize(1);
        }

        @Test
        void whoeverIsRefusedMostStandsOutAmongAMillionOthers() {
            for (int i = 0; i < 1_000_000; i++) {
                signals.refused("address", "key" + i);
                if (i % 100 == 0) {
                    signals.refused("account", "mallory");
                }
            }

            Offender first = signals.topRefused(1).get(0);
            assertThat(first.key()).isEqualTo("mallory");
            assertThat(first.refusals()).isGreaterThanOrEqualTo(10_000);
            assertThat(first.atLeast()).isLessThanOrEqualTo(10_000);
            assertThat(signals.topRefused(Integer.MAX_VALUE)).hasSizeLessThanOrEqualTo(512);
        }

        @Test
        void saysBetweenWhichBoundsTheTruthLies() {
            Random random = new Random(3);
            Map<String, Long> truth = new HashMap<>();
            for (int i = 0; i < 50_000; i++) {
                String key = "key" + (int) Math.abs(random.nextGaussian() * 300);
                truth.merge(key, 1L, Long::sum);
                signals.refused("address", key);
            }

            assertThat(signals.topRefused(100))
                    .hasSize(100)
                    .allSatisfy(offender ->
                            assertThat(truth.get(offender.key())).isBetween(offender.atLeast(), offender.refusals()));
        }

        @Test
        void isForgottenAfterTwentyMinutes() {
            refuse("203.0.113.1/32", 3);
            time.advance(Duration.ofMinutes(10));
            refuse("203.0.113.2/32", 1);
            assertThat(signals.topRefused(10)).hasSize(2);

            time.advance(Duration.ofMinutes(10));
            assertThat(signals.topRefused(10)).extracting(Offender::key).containsExactly("203.0.113.2/32");
            time.advance(Duration.ofMinutes(30));
            assertThat(signals.topRefused(10)).isEmpty();
        }

        @Test
        void isAMetricWithoutTheKey() {
            refuse("203.0.113.1/32", 3);
            refuse("203.0.113.2/32", 1);

            assertThat(meters.get("gatehouse.ratelimit.refused.top").gauge().value())
                    .isEqualTo(0.75);
            assertThat(meters.getMeters())
                    .allSatisfy(meter -> assertThat(meter.getId().getTags()).isEmpty());
        }
    }

    @Nested
    class Spreading {

        private double spreads() {
            return meters.get("gatehouse.ratelimit.spreads").counter().count();
        }

        @Test
        void isSeenOnceWhenAnAccountComesFromManyPlaces() {
            for (int i = 0; i < 5; i++) {
                seen("ada", "203.0.113." + i);
                seen("ada", "203.0.113." + i);
            }
            seen("bob", "203.0.113.1");

            assertThat(signals.spreads(10)).containsExactly(new Spread("ada", 5));
            assertThat(spreads()).isEqualTo(1);
        }

        @Test
        void isNotSeenWithinOneNetwork() {
            for (int i = 1; i < 9; i++) {
                seen("ada", "2001:db8:1:1::" + i);
            }
            assertThat(signals.spreads(10)).isEmpty();

            seen("ada", "2001:db8:1:2::1");
            seen("ada", "2001:db8:1:3::1");
            assertThat(signals.spreads(10)).hasSize(1);
        }

        @Test
        void isForgottenWithTheWindow() {
            seen("ada", "203.0.113.1");
            seen("ada", "203.0.113.2");
            time.advance(Duration.ofMinutes(10));
            seen("ada", "203.0.113.3");

            assertThat(signals.spreads(10)).isEmpty();
        }

        @Test
        void holdsABoundedNumberOfAccountsAndCountsTheOthers() {
            for (int i = 0; i < 20_010; i++) {
                seen("account" + i, "203.0.113.1");
            }

            assertThat(meters.get("gatehouse.ratelimit.signals.missed")
                            .functionCounter()
                            .count())
                    .isEqualTo(10);
        }

        @Test
        void holdsABoundedNumberOfPlaces() {
            for (int i = 0; i < 250; i++) {
                seen("ada", "203.0.113." + i);
            }

            assertThat(signals.spreads(10)).containsExactly(new Spread("ada", 32));
        }
    }
}
