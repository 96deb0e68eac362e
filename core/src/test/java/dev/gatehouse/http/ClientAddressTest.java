// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    private static final String PROXY = "192.0.2.5";
    private static final List<Cidr> PROXIES = Stream.of(
                    "192.0.2.0/28", "203.0.113.1", "2001:db8:ffff::/48", "10.0.0.0/8")
            .map(Cidr::of)
            .toList();
    private static final ClientAddress BY_LIST = ClientAddress.trusting(PROXIES, ClientAddress.Header.X_FORWARDED_FOR);
    private static final ClientAddress BY_FORWARDED = ClientAddress.trusting(PROXIES, ClientAddress.Header.FORWARDED);

    private static String client(ClientAddress resolver, String peer, String header, String... lines) {
        FakeServer server = new FakeServer("GET", "/");
        server.peer = Objects.requireNonNull(ClientAddress.literal(peer));
        for (String line : lines) {
            server.with(header, line);
        }
        Exchange exchange = new PipelineExchange(server, Routes.of().match("GET", "/"), PipelineSettings.defaults());
        return resolver.of(exchange).getHostAddress();
    }

    private static String byList(String... lines) {
        return client(BY_LIST, PROXY, "X-Forwarded-For", lines);
    }

    private static String byForwarded(String... lines) {
        return client(BY_FORWARDED, PROXY, "Forwarded", lines);
    }

    @Nested
    class TheHeader {

        @Test
        void isNotReadWithoutProxies() {
            assertThat(client(ClientAddress.direct(), PROXY, "X-Forwarded-For", "198.51.100.7"))
                    .isEqualTo(PROXY);
        }

        @Test
        void isNotReadFromAnyoneElse() {
            assertThat(client(BY_LIST, "198.51.100.99", "X-Forwarded-For", "198.51.100.7"))
                    .isEqualTo("198.51.100.99");
        }

        @Test
        void isTheConfiguredOneOnly() {
            assertThat(client(BY_LIST, PROXY, "Forwarded", "for=198.51.100.7")).isEqualTo(PROXY);
            assertThat(client(BY_FORWARDED, PROXY, "X-Forwarded-For", "198.51.100.7"))
                    .isEqualTo(PROXY);
        }

        @Test
        void isNamedInAnyCaseAndNoOtherIsTaken() {
            assertThat(ClientAddress.Header.of("X-Forwarded-For")).isSameAs(ClientAddress.Header.X_FORWARDED_FOR);
            assertThat(ClientAddress.Header.of("forwarded")).isSameAs(ClientAddress.Header.FORWARDED);
            assertThatThrownBy(() -> ClientAddress.Header.of("x-real-ip")).hasMessageContaining("'x-real-ip'");
        }
    }

    @Nested
    class TheWalk {

        @Test
        void takesTheRightmostAddressThatIsNoProxy() {
            assertThat(byList("203.0.113.128, 203.0.113.10, 203.0.113.1")).isEqualTo("203.0.113.10");
            assertThat(byList("203.0.113.128, 203.0.113.10")).isEqualTo("203.0.113.10");
        }

        @Test
        void neverBelievesWhatTheClientWroteOnTheLeft() {
            assertThat(byList("10.1.1.1, 198.51.100.66, 203.0.113.10, 203.0.113.1"))
                    .isEqualTo("203.0.113.10");
        }

        @Test
        void endsAtThePeerWithoutAHeaderAndAtTheLastProxyWhenAllAreProxies() {
            assertThat(byList()).isEqualTo(PROXY);
            assertThat(byList("10.0.0.9, 203.0.113.1")).isEqualTo("10.0.0.9");
        }

        @Test
        void goesOnThroughRepeatedLines() {
            assertThat(byList("198.51.100.66", "203.0.113.10, 203.0.113.1")).isEqualTo("203.0.113.10");
            assertThat(byList("203.0.113.10", "203.0.113.1")).isEqualTo("203.0.113.10");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "unknown",
                    "_hidden",
                    "",
                    " ",
                    "garbage",
                    "198.51.100",
                    "198.51.100.256",
                    "198.051.100.1",
                    "0x7f.0.0.1",
                    "2130706433",
                    "198.51.100.7:",
                    "198.51.100.7:x",
                    "198.51.100.7:123456",
                    "[::1",
                    "[198.51.100.7]",
                    "::1]",
                    "1:2:3:4:5:6:7",
                    "1:2:3:4:5:6:7:8:9",
                    "1::2::3",
                    ":::",
                    "1:2:3:4:5:6:7:",
                    "12345::",
                    "::g",
                    "::1.2.3",
                    "1.2.3.4::",
                    "localhost",
                    "example.org",
                    "\u0661.1.1.1",
                    "fe80::1%",
                    "\"198.51.100.7\""
                })
        void stopsAtWhatIsNotAnAddress(String broken) {
            assertThat(byList("198.51.100.66, " + broken)).isEqualTo(PROXY);
            assertThat(byList("198.51.100.66, " + broken + ", 203.0.113.1")).isEqualTo("203.0.113.1");
        }

        @Test
        void readsABoundedNumberOfHops() {
            assertThat(byList("198.51.100.66" + ",10.0.0.1".repeat(5000))).isEqualTo("10.0.0.1");
        }
    }

    @Nested
    class AnAddress {

        @ParameterizedTest
        @CsvSource({
            "198.51.100.7:4711, 198.51.100.7",
            "198.51.100.7:_port, 198.51.100.7",
            "2001:db8::17, 2001:db8:0:0:0:0:0:17",
            "[2001:db8::17], 2001:db8:0:0:0:0:0:17",
            "[2001:db8::17]:4711, 2001:db8:0:0:0:0:0:17",
            "::ffff:198.51.100.7, 198.51.100.7",
            "::ffff:c633:6407, 198.51.100.7",
            "64:ff9b::198.51.100.7, 198.51.100.7",
            "64:ff9b::c633:6407, 198.51.100.7",
            "64:ff9b::10.0.0.1, 64:ff9b:0:0:0:0:a00:1",
            "fe80::1%eth0, fe80:0:0:0:0:0:0:1",
            "::, 0:0:0:0:0:0:0:0",
            "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:198.51.100.7, 1:2:3:4:5:6:c633:6407",
            "2001:DB8::A, 2001:db8:0:0:0:0:0:a"
        })
        void isReadInEveryForm(String entry, String client) {
            assertThat(byList("198.51.100.66, " + entry)).isEqualTo(client);
        }

        @Test
        void ofThePeerIsReadTheSameWay() {
            assertThat(client(BY_LIST, "::ffff:192.0.2.5", "X-Forwarded-For", "198.51.100.7"))
                    .isEqualTo("198.51.100.7");
            assertThat(client(BY_LIST, "64:ff9b::192.0.2.5", "X-Forwarded-For", "198.51.100.7"))
                    .isEqualTo("198.51.100.7");
            assertThat(client(BY_LIST, "64:ff9b::10.0.0.1", "X-Forwarded-For", "198.51.100.7"))
                    .isEqualTo("64:ff9b:0:0:0:0:a00:1");
        }
    }

    @Nested
    class Forwarding {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '\'',
                value = {
                    "for=198.51.100.7 | 198.51.100.7",
                    "For=\"[2001:db8:cafe::17]:4711\" | 2001:db8:cafe:0:0:0:0:17",
                    "for=198.51.100.7;proto=http;by=203.0.113.43 | 198.51.100.7",
                    "proto=https ; FOR=\"198.51.100.7:80\" | 198.51.100.7",
                    "for=198.51.100.66, for=198.51.100.7, for=203.0.113.1 | 198.51.100.7",
                    "for=198.51.100.66,for=\"198.51.100.7\";ext=\"a, for=198.51.100.1; b\" | 198.51.100.7",
                    "for=198.51.100.66, for=198.51.100.7;ext=\"a\\\", for=10.0.0.1\" | 198.51.100.7",
                    "for=198.51.100.66, for=unknown | 192.0.2.5",
                    "for=198.51.100.66, for=\"_gazonk\" | 192.0.2.5",
                    "for=198.51.100.66, for=_hidden, for=203.0.113.1 | 203.0.113.1",
                    "for=198.51.100.66, proto=http | 192.0.2.5",
                    "for=198.51.100.66, for=198.51.100.7;for=198.51.100.8 | 192.0.2.5",
                    "for=2001:db8::1 | 192.0.2.5",
                    "for=198.51.100.7;ext=\"open | 192.0.2.5",
                    "for=198.51.100.7 junk | 192.0.2.5",
                    "for=198.51.100.66, | 192.0.2.5",
                    "for = 198.51.100.7 | 192.0.2.5",
                    "for | 192.0.2.5",
                    "for=\"\" | 192.0.2.5",
                    "for=\"198.51.100.7\\ | 192.0.2.5"
                })
        void isReadAsItsStandardSays(String line, String client) {
            assertThat(byForwarded(line)).isEqualTo(client);
        }

        @Test
        void goesOnThroughRepeatedLines() {
            assertThat(byForwarded("for=198.51.100.66", "for=198.51.100.7", "for=203.0.113.1"))
                    .isEqualTo("198.51.100.7");
        }

        @Test
        void stopsAtALineThatIsBrokenAnywhere() {
            assertThat(byForwarded("for=198.51.100.66", "broken \" line", "for=203.0.113.1"))
                    .isEqualTo("203.0.113.1");
        }
    }

    @Nested
    class ABlock {

        @ParameterizedTest
        @CsvSource({
            "10.0.0.0/8, 10.255.1.2, true",
            "10.0.0.0/8, 11.0.0.0, false",
            "192.0.2.128/25, 192.0.2.127, false",
            "192.0.2.128/25, 192.0.2.200, true",
            "0.0.0.0/0, 203.0.113.9, true",
            "0.0.0.0/0, 2001:db8::1, false",
            "2001:db8::/33, 2001:db8:7fff::1, true",
            "2001:db8::/33, 2001:db8:8000::1, false",
            "203.0.113.9, 203.0.113.9, true",
            "203.0.113.9, 203.0.113.8, false"
        })
        void holdsItsAddresses(String block, String address, boolean holds) {
            InetAddress parsed = Objects.requireNonNull(ClientAddress.literal(address));
            assertThat(Cidr.of(block).contains(parsed)).isEqualTo(holds);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "10.0.0.0/",
                    "10.0.0.0/33",
                    "10.0.0.0/-1",
                    "10.0.0.0/8x",
                    "10.0.0.1/8",
                    "::1/64",
                    "host/8"
                })
        void isRefusedWhenItIsMalformedOrHasHostBits(String block) {
            assertThatThrownBy(() -> Cidr.of(block)).hasMessageStartingWith("cidr: was '" + block + "' but must be");
        }

        @Test
        void saysWhatItIs() {
            assertThat(Cidr.of("10.0.0.0/8")).hasToString("10.0.0.0/8").isEqualTo(Cidr.of("10.0.0.0/8"));
        }
    }

    @Test
    void readsBackEveryAddressThatJavaWritesAndThrowsOnNothing() throws IOException {
        Random random = new Random(20261121);
        String alphabet = "0123456789abcdef:.[]%,;=\"\\ _for";
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            InetAddress address = InetAddress.getByAddress(bytes);
            assertThat(ClientAddress.literal(address.getHostAddress())).isEqualTo(address);
            List<String> noise = new ArrayList<>();
            random.ints(random.nextInt(40), 0, alphabet.length()).forEach(c -> noise.add(alphabet.substring(c, c + 1)));
            byList(String.join("", noise));
            byForwarded(String.join("", noise));
        }
    }
}
