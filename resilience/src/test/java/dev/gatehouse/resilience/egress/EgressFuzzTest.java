// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.egress;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** However an address is written, only the allowed host is called, and only at public addresses. */
class EgressFuzzTest {

    private static final Egress EGRESS =
            Egress.nowhere().allowing("pay.example:443").allowing("203.0.113.7");

    static Stream<byte[]> uris() {
        return seeds(
                "https://pay.example/path?query#fragment",
                "http://user:secret@pay.example:443@evil.example:80/",
                "https://PAY.example.:443\\@evil.example",
                "http://203.0.113.7/ http://[::ffff:203.0.113.7]:1/",
                "http://xn--bcher-kva.example/%2e%2e//");
    }

    static Stream<byte[]> hosts() {
        return seeds("pay.example:443", "[2001:db8::1]:80", "Bücher.example", "10.0.0.1", "0x7f.1", "127.0.0.1.");
    }

    /** The samples themselves, and each of them broken in a hundred ways, the same at every run. */
    private static Stream<byte[]> seeds(String... samples) {
        Random random = new Random(samples[0].hashCode());
        return Stream.of(samples)
                .map(sample -> sample.getBytes(StandardCharsets.UTF_8))
                .flatMap(sample -> Stream.concat(
                        Stream.of(sample),
                        Stream.generate(() -> broken(sample, random)).limit(100)));
    }

    private static byte[] broken(byte[] sample, Random random) {
        byte[] bytes = sample.clone();
        for (int i = 0; i <= random.nextInt(3); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
    }

    /** What the JDK's client would connect to is the allowed host, to the letter. */
    @MethodSource("uris")
    @FuzzTest(maxDuration = "60s")
    void requests(byte[] data) {
        URI uri;
        try {
            uri = new URI(new String(data, StandardCharsets.UTF_8));
        } catch (URISyntaxException e) {
            return; // no request can be made of it
        }
        if (EGRESS.allows(uri)) {
            assertThat(uri.getHost()).matches("(?i)pay\\.example\\.?|203\\.0\\.113\\.7");
            assertThat(uri.getRawUserInfo()).isNull();
            assertThat(uri.getScheme()).matches("(?i)https?");
        }
    }

    /** What is accepted as a host is one that {@code URI} reads the same way. */
    @MethodSource("hosts")
    @FuzzTest(maxDuration = "60s")
    void allowedHosts(byte[] data) {
        Egress egress;
        try {
            egress = Egress.nowhere().allowing(new String(data, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("resilience.hosts: was '");
            return;
        }
        String host = egress.hosts().get(0);
        assertThat(host).matches("[a-z0-9.-]+(:[0-9]+)?|\\[[0-9a-f:]+](:[0-9]+)?");
    }

    static Stream<byte[]> addresses() {
        return Stream.of("0a000001", "5db8d70e", "0064ff9b0000000000000000a9fea9fe", "00000000000000000000ffff7f000001")
                .map(EgressFuzzTest::unhex)
                .flatMap(sample -> Stream.concat(
                        Stream.of(sample),
                        new Random(7).ints(100, 0, sample.length).mapToObj(at -> flipped(sample, at))));
    }

    /** Java's own judgement of an address is never laxer than ours. */
    @MethodSource("addresses")
    @FuzzTest(maxDuration = "60s")
    void addresses(byte[] data) throws Exception {
        if (data.length != 4 && data.length != 16) {
            return;
        }
        InetAddress address = InetAddress.getByAddress(data);
        boolean special = List.of(
                        address.isAnyLocalAddress(),
                        address.isLoopbackAddress(),
                        address.isLinkLocalAddress(),
                        address.isSiteLocalAddress(),
                        address.isMulticastAddress())
                .contains(true);
        assertThat(special && PublicAddresses.contain(address)).isFalse();
    }

    private static byte[] flipped(byte[] sample, int at) {
        byte[] copy = sample.clone();
        copy[at] ^= (byte) (1 << at % 8);
        return copy;
    }

    private static byte[] unhex(String text) {
        byte[] bytes = new byte[text.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(text.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }
}
