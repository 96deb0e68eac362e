// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client sends, the parsers of the pipeline answer and never throw. */
class HttpFuzzTest {

    private static final Routes ROUTES = Routes.of(Route.get("/a"), Route.get("/a/{b}"), Route.get("/a/{b}/{c}"));

    static Stream<byte[]> addresses() {
        return seeds(
                "203.0.113.7, 192.0.2.5",
                "for=\"[2001:db8:cafe::17]:4711\";proto=https, for=unknown, for=\"_gazonk\"",
                "::ffff:203.0.113.7, 64:ff9b::192.0.2.33, fe80::1%eth0, 1.2.3.4:80");
    }

    static Stream<byte[]> cookieLines() {
        return seeds(
                "__Host-session=abc; a=1; a=2; =x; b",
                "a=\"quoted; text\"; \tb = c ;;d=",
                "n=%00\u0085é; __Secure-x=y");
    }

    static Stream<byte[]> tails() {
        return seeds("b/c", "%2e%2e/b;p=1/%2F", "caf%C3%A9/%c0%af/.%2e//\\");
    }

    /** The samples themselves, and each of them broken in two hundred ways, the same at every run. */
    private static Stream<byte[]> seeds(String... samples) {
        Random random = new Random(samples[0].hashCode());
        return Stream.of(samples)
                .map(sample -> sample.getBytes(StandardCharsets.UTF_8))
                .flatMap(sample -> Stream.concat(
                        Stream.of(sample),
                        Stream.generate(() -> broken(sample, random)).limit(200)));
    }

    private static byte[] broken(byte[] sample, Random random) {
        byte[] bytes = sample.clone();
        for (int i = 0; i <= random.nextInt(3); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
    }

    @MethodSource("addresses")
    @FuzzTest(maxDuration = "60s")
    void forwardingHeaders(byte[] data) {
        String line = new String(data, StandardCharsets.UTF_8);
        for (ClientAddress.Header header : ClientAddress.Header.values()) {
            FakeServer server = new FakeServer("GET", "/");
            server.peer = InetAddress.getLoopbackAddress();
            server.with("X-Forwarded-For", line).with("Forwarded", line).with("Forwarded", line);
            Exchange exchange = new PipelineExchange(server, ROUTES.match("GET", "/"), PipelineSettings.defaults());
            assertThat(ClientAddress.trusting(List.of(Cidr.of("0.0.0.0/0")), header)
                            .of(exchange))
                    .isNotNull();
        }
    }

    @MethodSource("cookieLines")
    @FuzzTest(maxDuration = "60s")
    void cookies(byte[] data) {
        String line = new String(data, StandardCharsets.UTF_8);
        for (String name : List.of("__Host-session", "a", "b", "n", line.split("=", 2)[0])) {
            String value = Cookies.parse(List.of(line)).get(name);
            if (value != null) {
                assertThat(line).contains(value);
                assertThat(CookieText.isValue(value)).isTrue();
            }
        }
    }

    @MethodSource("tails")
    @FuzzTest(maxDuration = "60s")
    void paths(byte[] data) {
        String path = "/a/" + new String(data, StandardCharsets.UTF_8);
        if (ROUTES.match("GET", path) instanceof Match.Found found) {
            for (String value : found.values()) {
                assertThat(value).isNotIn("", ".", "..").doesNotContain("/", "\\", ";", "\u0000");
            }
            assertThat(path.toLowerCase(Locale.ROOT))
                    .doesNotContain("//", "%2f", "%5c", "/../", "/./", "/%2e/", "/%2e%2e/", "/.%2e/", "/%2e./");
        }
    }
}
