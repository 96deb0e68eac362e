// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressTest {

    private static final InetAddress PUBLIC = address("93.184.215.14");

    private final List<String> asked = new ArrayList<>();

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Egress resolving(Egress egress, String... addresses) {
        return egress.resolvedBy(host -> {
            asked.add(host);
            return Stream.of(addresses).map(EgressTest::address).toList();
        });
    }

    private static Egress allowing(String host, String... ranges) {
        return Egress.nowhere().allowing(host, ranges);
    }

    @Nested
    class ByName {

        @Test
        void allowsNothingUnlessSaid() {
            assertThat(Egress.nowhere().allows(URI.create("http://pay.example/")))
                    .isFalse();
        }

        @ParameterizedTest
        @CsvSource({
            "http://pay.example/, pay.example",
            "http://PAY.example/, pay.example:80",
            "https://pay.example/, Pay.Example:443",
            "http://pay.example:8/, pay.example",
            "http://pay.example./, pay.example",
            "http://xn--bcher-kva.example/, Bücher.example",
            "http://127.0.0.1:8080/, 127.0.0.1:8080",
            "http://[0:0:0:0:0:0:0:1]:8080/, [::1]:8080"
        })
        void knowsAHostHoweverItIsWritten(String target, String allowed) {
            assertThat(allowing(allowed).allows(URI.create(target))).isTrue();
        }

        @ParameterizedTest
        @CsvSource({
            "http://evil.example/, pay.example",
            "http://pay.example.evil.example/, pay.example",
            "http://notpay.example/, pay.example",
            "http://example/, pay.example",
            "https://pay.example:8443/, pay.example:443",
            "http://pay.example/, pay.example:443",
            "http://pay.example@evil.example/, pay.example",
            "http://user@pay.example/, pay.example",
            "http://user:secret@pay.example/, pay.example",
            "http://evil.example/?pay.example, pay.example",
            "http://evil.example#pay.example, pay.example",
            "ftp://pay.example/, pay.example",
            "file:///etc/passwd, pay.example",
            "http:pay.example, pay.example",
            "http:///pay.example, pay.example",
            "http://pay_example/, pay.example",
            "http://2130706433/, 127.0.0.1",
            "http://0177.0.0.1/, 127.0.0.1",
            "http://127.000.000.001/, 127.0.0.1",
            "http://0x7f.0.0.1/, 127.0.0.1",
            "http://127.1/, 127.0.0.1",
            "http://127.0.0.1.:80/, 127.0.0.1",
            "http://[::ffff:127.0.0.1]/, 127.0.0.1",
            "http://[::ffff:7f00:1]/, 127.0.0.1",
            "http://[::1%25lo]/, [::1]",
            "http://localhost/, 127.0.0.1",
            "http://169.254.169.254/latest/meta-data/, pay.example"
        })
        void refusesEverythingElse(String target, String allowed) {
            assertThat(allowing(allowed).allows(URI.create(target))).isFalse();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    ":80",
                    "pay.example:0",
                    "pay.example:65536",
                    "pay.example:x",
                    "pay.example:",
                    "a b",
                    "pay_example",
                    "http://pay.example",
                    "pay.example/path",
                    "*.example",
                    "2130706433",
                    "127.1",
                    "0x7f000001",
                    "0177.0.0.1",
                    "256.0.0.1",
                    "[::ffff:127.0.0.1]",
                    "[fe80::1%eth0]",
                    "::1",
                    "pay..example"
                })
        void cannotAllowWhatIsNotAHost(String text) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> allowing(text))
                    .withMessageContaining("resilience.hosts: was '" + text + "' but must be");
        }

        @Test
        void tellsWhatItAllows() {
            assertThat(allowing("Pay.example").allowing("[::1]:8080").hosts())
                    .containsExactly("pay.example", "[0:0:0:0:0:0:0:1]:8080");
        }
    }

    @Nested
    class ByAddress {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "127.0.0.1",
                    "127.255.255.254",
                    "0.0.0.0",
                    "10.0.0.1",
                    "172.16.0.1",
                    "172.31.255.255",
                    "192.168.1.1",
                    "100.64.0.1",
                    "169.254.169.254",
                    "169.254.0.1",
                    "192.0.0.192",
                    "192.0.2.1",
                    "192.88.99.1",
                    "198.18.0.1",
                    "198.51.100.1",
                    "203.0.113.1",
                    "224.0.0.1",
                    "239.255.255.255",
                    "240.0.0.1",
                    "255.255.255.255",
                    "::1",
                    "::",
                    "fe80::1",
                    "fc00::1",
                    "fd00:ec2::254",
                    "ff02::1",
                    "::ffff:10.0.0.1",
                    "::10.0.0.1",
                    "64:ff9b::a00:1",
                    "64:ff9b::a9fe:a9fe",
                    "64:ff9b:1::1",
                    "2002:a00:1::1",
                    "2001::1",
                    "2001:db8::1",
                    "3fff::1",
                    "100::1",
                    "fec0::1",
                    "5f00::1"
                })
        void refusesANameWithAnAddressThatIsNotPublic(String resolved) {
            Egress egress = resolving(allowing("pay.example"), resolved);

            assertThatThrownBy(() -> egress.check(URI.create("https://pay.example/")))
                    .isInstanceOf(ForbiddenAddressException.class)
                    .hasMessageContaining("pay.example")
                    .hasMessageContaining("allow its range");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"93.184.215.14", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1", "64:ff9b::808:808"})
        void allowsANameWithAPublicAddress(String resolved) {
            Egress egress = resolving(allowing("pay.example"), resolved);

            assertThatCode(() -> egress.check(URI.create("https://pay.example/")))
                    .doesNotThrowAnyException();
            assertThat(asked).containsExactly("pay.example");
        }

        @Test
        void refusesANameOfWhoseAddressesOneIsNotPublic() {
            Egress egress = resolving(allowing("pay.example"), "93.184.215.14", "10.0.0.1");

            assertThatThrownBy(() -> egress.check(URI.create("https://pay.example/")))
                    .isInstanceOf(ForbiddenAddressException.class);
        }

        @Test
        void asksAgainAtEveryCheck() throws Exception {
            List<InetAddress> answers = new ArrayList<>(List.of(PUBLIC));
            Egress egress = allowing("pay.example").resolvedBy(host -> answers);
            egress.check(URI.create("https://pay.example/"));

            answers.set(0, address("169.254.169.254"));

            assertThatThrownBy(() -> egress.check(URI.create("https://pay.example/")))
                    .isInstanceOf(ForbiddenAddressException.class);
        }

        @Test
        void allowsARangeForTheHostItWasAllowedForAndNoOther() {
            Egress egress = resolving(allowing("search.internal", "10.0.0.0/8").allowing("pay.example"), "10.1.2.3");

            assertThatCode(() -> egress.check(URI.create("http://search.internal/")))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> egress.check(URI.create("http://pay.example/")))
                    .isInstanceOf(ForbiddenAddressException.class);
        }

        @Test
        void allowsNoOtherRangeForThatHost() {
            Egress egress = resolving(allowing("search.internal", "10.0.0.0/8"), "127.0.0.1");

            assertThatThrownBy(() -> egress.check(URI.create("http://search.internal/")))
                    .isInstanceOf(ForbiddenAddressException.class);
        }

        @Test
        void asksNobodyForAnAddress() throws Exception {
            Egress egress = resolving(allowing("127.0.0.1:8080"), "10.0.0.1");
            URI uri = URI.create("http://127.0.0.1:8080/");

            assertThat(egress.looksUp(uri)).isFalse();
            egress.check(uri);
            assertThat(asked).isEmpty();
        }

        @Test
        void takesLocalhostForLoopbackAndNothingElse() {
            URI uri = URI.create("http://localhost/");

            assertThatCode(() ->
                            resolving(allowing("localhost"), "127.0.0.1", "::1").check(uri))
                    .doesNotThrowAnyException();
            assertThatThrownBy(
                            () -> resolving(allowing("localhost"), "10.0.0.1").check(uri))
                    .isInstanceOf(ForbiddenAddressException.class);
        }

        @Test
        void callsAHostWithoutAddressesUnknown() {
            assertThatThrownBy(() -> resolving(allowing("pay.example")).check(URI.create("http://pay.example/")))
                    .isInstanceOf(UnknownHostException.class);
        }

        @Test
        void checksNoHostThatWasNotAllowed() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> allowing("pay.example").check(URI.create("http://evil.example/")));
        }
    }
}
