// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/** Whatever a client sends, the parsers of the pipeline answer and never throw. */
class HttpFuzzTest {

    private static final ClientAddress.Header[] HEADERS = ClientAddress.Header.values();
    private static final Routes ROUTES = Routes.of(Route.get("/a"), Route.get("/a/{b}"), Route.get("/a/{b}/{c}"));

    @FuzzTest(maxDuration = "2s")
    void forwardingHeaders(FuzzedDataProvider data) {
        ClientAddress resolver = ClientAddress.trusting(List.of(Cidr.of("0.0.0.0/0")), data.pickValue(HEADERS));
        FakeServer server = new FakeServer("GET", "/");
        server.peer = InetAddress.getLoopbackAddress();
        String name = data.consumeBoolean() ? "X-Forwarded-For" : "Forwarded";
        server.with(name, data.consumeString(200)).with(name, data.consumeRemainingAsString());
        Exchange exchange = new PipelineExchange(server, ROUTES.match("GET", "/"), PipelineSettings.defaults());
        assertThat(resolver.of(exchange)).isNotNull();
    }

    @FuzzTest(maxDuration = "2s")
    void cookies(FuzzedDataProvider data) {
        String name = data.consumeString(20);
        String line = data.consumeRemainingAsString();
        String value = Cookies.parse(List.of(line)).get(name);
        if (value != null) {
            assertThat(line).contains(name + "=" + value);
            assertThat(CookieText.isValue(value)).isTrue();
        }
    }

    @FuzzTest(maxDuration = "2s")
    void paths(FuzzedDataProvider data) {
        String path = "/a/" + data.consumeRemainingAsString();
        if (ROUTES.match("GET", path) instanceof Match.Found found) {
            for (String value : found.values()) {
                assertThat(value).isNotIn("", ".", "..").doesNotContain("/", "\\", ";", "\u0000");
            }
            assertThat(path.toLowerCase(Locale.ROOT)).doesNotContain("//", "/../", "/./", "%2f", "%2e/", "%5c");
        }
    }
}
