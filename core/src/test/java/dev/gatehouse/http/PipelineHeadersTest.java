// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PipelineHeadersTest extends APipeline {

    @Nested
    class TheSecurityHeaders {

        @Test
        void allowNoScriptUntilANonceIsAskedFor() throws IOException {
            FakeServer server = get("/open");
            Passage passage = pipeline().enter(server);
            assertThat(server.sent("Content-Security-Policy"))
                    .contains("script-src;")
                    .doesNotContain("nonce");
            String nonce = passage.exchange().attribute(ContentSecurityPolicy.NONCE);
            assertThat(nonce).hasSize(22);
            assertThat(passage.exchange().attribute(ContentSecurityPolicy.NONCE))
                    .isEqualTo(nonce);
            assertThat(server.sent("Content-Security-Policy")).contains("script-src 'nonce-" + nonce + "'");
            passage.leave(false);
        }

        @Test
        void surviveAFailureOnceEachAsTheGuardsLeftThem() throws IOException {
            Step caching = new Step("edge", Phase.EDGE) {
                @Override
                public Verdict before(Exchange exchange) {
                    exchange.setHeader("cache-control", "private");
                    exchange.addHeader("Vary", "Cookie");
                    exchange.addHeader("vary", "Accept");
                    exchange.setHeader("RateLimit", "old");
                    exchange.setHeader("ratelimit", "new");
                    return Verdict.proceed();
                }
            };
            FakeServer server = get("/open");
            Passage passage = pipeline(caching).enter(server);
            String nonce = passage.exchange().attribute(ContentSecurityPolicy.NONCE);
            passage.exchange().setHeader("Location", "/elsewhere");
            passage.failed(new IllegalStateException("boom"));
            passage.leave(false);
            assertThat(server.responseHeaders)
                    .containsEntry("Vary", List.of("Cookie", "Accept"))
                    .containsEntry("RateLimit", List.of("new"))
                    .containsEntry("Cache-Control", List.of("no-store"))
                    .containsEntry("X-Content-Type-Options", List.of("nosniff"))
                    .doesNotContainKey("Location");
            assertThat(server.sent("Content-Security-Policy")).contains("'nonce-" + nonce + "'");
        }

        @Test
        void haveAnotherNonceEachTime() throws IOException {
            assertThat(nonce()).isNotEqualTo(nonce());
        }

        private @Nullable String nonce() throws IOException {
            Passage passage = pipeline().enter(get("/open"));
            String nonce = passage.exchange().attribute(ContentSecurityPolicy.NONCE);
            passage.leave(false);
            return nonce;
        }

        @Test
        void demandHttpsOnlyWhenConfigured() throws IOException {
            FakeServer plain = get("/open");
            pipeline().enter(plain).leave(false);
            assertThat(plain.sent("Strict-Transport-Security")).isNull();
            FakeServer strict = get("/open");
            pipeline(PipelineSettings.builder().hsts(Duration.ofDays(365)).build())
                    .enter(strict)
                    .leave(false);
            assertThat(strict.sent("Strict-Transport-Security")).isEqualTo("max-age=31536000; includeSubDomains");
        }
    }

    @Nested
    class AHeader {

        @Test
        void thatCouldSplitTheResponseIsRefused() throws IOException {
            Passage passage = pipeline().enter(get("/open"));
            Exchange exchange = passage.exchange();
            for (String text : List.of("a\r\nb", "a\nb", "a\rb", "a\u0000b", "a\u007fb", "\u010a")) {
                assertThatThrownBy(() -> exchange.setHeader("X-A", text)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> exchange.addHeader("X-A", text)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> exchange.setHeader(text, "a")).isInstanceOf(IllegalArgumentException.class);
            }
            passage.leave(false);
        }
    }

    @Nested
    class TheSettings {

        @Test
        void nameEveryWrongValueAtOnce() {
            PipelineSettings.Builder builder = PipelineSettings.builder()
                    .publicOrigin(URI.create("https://shop.example/path"))
                    .publicOrigin(URI.create("shop.example"))
                    .hsts(Duration.ofMinutes(5));
            assertThatThrownBy(builder::build)
                    .hasMessageContainingAll("https://shop.example/path", "'shop.example'", "PT5M", "at least a day");
        }

        @Test
        void compareOriginsAsBrowsersWriteThem() {
            PipelineSettings settings = PipelineSettings.builder()
                    .publicOrigin(URI.create("HTTPS://Shop.Example:443/"))
                    .publicOrigin(URI.create("http://localhost:8080"))
                    .build();
            assertThat(settings.publicOrigins())
                    .containsExactlyInAnyOrder("https://shop.example", "http://localhost:8080");
        }
    }
}
