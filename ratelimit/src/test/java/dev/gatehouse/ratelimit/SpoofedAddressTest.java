// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.Cidr;
import dev.gatehouse.http.ClientAddress;
import dev.gatehouse.http.ClientAddress.Header;
import dev.gatehouse.testing.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attackers who make addresses up, over a real server. Loopback is the trusted proxy; the limit is 5. */
class SpoofedAddressTest {

    private static final List<Cidr> LOOPBACK = List.of(Cidr.of("127.0.0.0/8"), Cidr.of("::1/128"));
    private static final int SENT = 40;

    private final ManualTime time = new ManualTime();

    private LimitedServer server(ClientAddress clients) throws IOException {
        RateLimits limits = RateLimits.builder(
                        RateLimiter.builder().ticker(time).build())
                .group(LimitGroup.named("g").byAddress(Limit.perMinute("five", 5)))
                .build();
        return new LimitedServer(limits, clients);
    }

    private LimitedServer behindProxy(Header header) throws IOException {
        return server(ClientAddress.trusting(LOOPBACK, header));
    }

    @Nested
    class WithoutAProxy {

        @ParameterizedTest
        @ValueSource(
                strings = {"X-Forwarded-For: 198.51.100.%d", "Forwarded: for=198.51.100.%d", "X-Real-IP: 198.51.100.%d"
                })
        void noHeaderIsBelieved(String header) throws IOException {
            try (LimitedServer server = server(ClientAddress.direct())) {
                assertThat(server.admitted(SENT, i -> header.formatted(i))).isEqualTo(5);
            }
        }
    }

    @Nested
    class BehindAProxy {

        @Test
        void eachClientHasItsOwnLimit() throws IOException {
            try (LimitedServer server = behindProxy(Header.X_FORWARDED_FOR)) {
                assertThat(server.admitted(10, i -> "X-Forwarded-For: 203.0.113.1"))
                        .isEqualTo(5);
                assertThat(server.admitted(10, i -> "X-Forwarded-For: 203.0.113.2"))
                        .isEqualTo(5);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "X-Forwarded-For: 198.51.100.%d, 203.0.113.1",
                    "X-Forwarded-For: 198.51.100.%d\r\nX-Forwarded-For: 203.0.113.1",
                    "X-Forwarded-For: 198.51.100.%d, 127.0.0.9, 203.0.113.1, 127.0.0.2",
                    "X-Forwarded-For: 2001:db8:%d::1, ::ffff:203.0.113.1",
                    "X-Forwarded-For: 2001:db8:%d::1, 64:ff9b::203.0.113.1",
                    "X-Forwarded-For: 203.0.113.1:%d",
                })
        void onlyWhatTheProxyWroteCounts(String header) throws IOException {
            try (LimitedServer server = behindProxy(Header.X_FORWARDED_FOR)) {
                server.admitted(4, i -> "X-Forwarded-For: 203.0.113.1");

                assertThat(server.admitted(SENT, i -> header.formatted(i + 1))).isEqualTo(1);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Forwarded: for=198.51.100.%d, for=203.0.113.1",
                    "Forwarded: for=198.51.100.%d\r\nForwarded: for=203.0.113.1;proto=https",
                    "Forwarded: for=\"198.51.100.%d, for=203.0.113.9\", for=203.0.113.1",
                    "Forwarded: for=\"[2001:db8:%d::1]:4711\", For=\"203.0.113.1:80\"",
                })
        void onlyWhatTheProxyWroteIntoForwardedCounts(String header) throws IOException {
            try (LimitedServer server = behindProxy(Header.FORWARDED)) {
                server.admitted(4, i -> "Forwarded: for=203.0.113.1");

                assertThat(server.admitted(SENT, i -> header.formatted(i + 1))).isEqualTo(1);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "X-Forwarded-For: 198.51.100.%d, unknown",
                    "X-Forwarded-For: 198.51.100.%d, ",
                    "X-Forwarded-For: 198.51.100.%d, 999.1.1.1",
                    "X-Forwarded-For: 198.51.100.%d, _hidden",
                    "Forwarded: for=198.51.100.%d",
                })
        void aBrokenEntryOrAnotherHeaderEndsAtTheProxy(String header) throws IOException {
            try (LimitedServer server = behindProxy(Header.X_FORWARDED_FOR)) {
                assertThat(server.admitted(SENT, i -> header.formatted(i))).isEqualTo(5);
            }
        }

        @Test
        void nobodyIsLockedOutByWhoeverWritesTheirAddressOnTheLeft() throws IOException {
            try (LimitedServer server = behindProxy(Header.X_FORWARDED_FOR)) {
                server.admitted(SENT, i -> "X-Forwarded-For: 203.0.113.77, 198.51.100.1");

                assertThat(server.get("X-Forwarded-For: 203.0.113.77")).isEqualTo(204);
            }
        }
    }

    @Nested
    class ByRotation {

        @Test
        void withinA64DoesNotHelp() throws IOException {
            try (LimitedServer server = behindProxy(Header.X_FORWARDED_FOR)) {
                assertThat(server.admitted(
                                SENT, i -> "X-Forwarded-For: 2001:db8:1:1:" + Integer.toHexString(i + 1) + "::"))
                        .isEqualTo(5);
            }
        }

        @Test
        void acrossThe64OfA48HelpsSixteenTimes() throws IOException {
            try (LimitedServer server = behindProxy(Header.X_FORWARDED_FOR)) {
                assertThat(server.admitted(
                                200, i -> "X-Forwarded-For: 2001:db8:1:" + Integer.toHexString(i * 256) + "::1"))
                        .isEqualTo(80);
            }
        }
    }

    @Nested
    class ByTheClock {

        @Test
        void settingItChangesNothing() throws IOException {
            try (LimitedServer server = server(ClientAddress.direct())) {
                assertThat(server.admitted(SENT, i -> "A: b")).isEqualTo(5);
                time.stepClock(Duration.ofDays(400));
                assertThat(server.get()).isEqualTo(429);
                time.stepClock(Duration.ofDays(-800));
                assertThat(server.get()).isEqualTo(429);
                time.advance(Duration.ofSeconds(12));
                assertThat(server.get()).isEqualTo(204);
            }
        }
    }
}
