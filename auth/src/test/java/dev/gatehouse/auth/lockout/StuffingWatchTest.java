// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.lockout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.Secret;
import dev.gatehouse.testing.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class StuffingWatchTest {

    private static final Secret GUESS = Secret.of("Summer2026!");

    private final ManualTime time = new ManualTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StuffingWatch watch = new StuffingWatch(new SecureRandom(), time, meters);

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private long signals(int identifiers, String literal) {
        return IntStream.range(0, identifiers)
                .mapToObj(i -> watch.from(address(literal), "victim" + i))
                .filter(Optional::isPresent)
                .count();
    }

    private long signals(int identifiers, Secret password) {
        return IntStream.range(0, identifiers)
                .mapToObj(i -> watch.with(password, "victim" + i))
                .filter(Optional::isPresent)
                .count();
    }

    @Nested
    class OneAddress {

        @Test
        void isSignalledAtTheTwentiethIdentifierAndOnce() {
            assertThat(signals(19, "203.0.113.7")).isZero();
            assertThat(watch.from(address("203.0.113.7"), "another"))
                    .contains(new Stuffing(Stuffing.Pattern.ADDRESS, 20, address("203.0.113.7")));
            assertThat(signals(500, "203.0.113.7")).isZero();
        }

        @Test
        void isSignalledAgainAfterTenMinutes() {
            assertThat(signals(50, "203.0.113.7")).isEqualTo(1);
            time.advance(StuffingWatch.WINDOW);
            assertThat(signals(50, "203.0.113.7")).isEqualTo(1);
        }

        @Test
        void thatTriesOneIdentifierForEverIsNoStuffing() {
            for (int i = 0; i < 500; i++) {
                assertThat(watch.from(address("203.0.113.7"), "victim")).isEmpty();
            }
        }

        @Test
        void isAWholeNetworkOfIpv6() {
            long signals = IntStream.range(0, 40)
                    .mapToObj(i -> watch.from(address("2001:db8::" + Integer.toHexString(i + 1)), "victim" + i))
                    .filter(Optional::isPresent)
                    .count();
            assertThat(signals).isEqualTo(1);
        }

        @Test
        void isNotTheOneNextDoor() {
            assertThat(signals(19, "203.0.113.7") + signals(19, "203.0.113.8")).isZero();
        }
    }

    @Nested
    class OnePassword {

        @Test
        void isSignalledAtTheTenthIdentifierFromWhereverItComes() {
            assertThat(signals(9, GUESS)).isZero();
            assertThat(watch.with(GUESS, "another")).contains(new Stuffing(Stuffing.Pattern.PASSWORD, 10, null));
        }

        @Test
        void isForgottenAfterTenMinutes() {
            assertThat(signals(9, GUESS)).isZero();
            time.advance(StuffingWatch.WINDOW);
            assertThat(watch.with(GUESS, "another")).isEmpty();
        }

        @Test
        void doesNotShowInWhatIsPrinted() {
            signals(9, GUESS);
            assertThat(watch.with(GUESS, "another").toString()).doesNotContain(GUESS.reveal());
        }
    }

    @Test
    void remembersABoundedNumberAndCountsWhatItForgot() {
        for (int i = 0; i < 30_000; i++) {
            watch.with(Secret.of("guess" + i), "victim");
        }
        assertThat(meters.get("gatehouse.auth.stuffing.evictions").counter().count())
                .isBetween(15_000.0, 20_000.0);
    }
}
