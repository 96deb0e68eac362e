// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.readiness.Finding;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class PipelineSelfTestTest {

    @Test
    void verifiesTheDefaults() {
        assertThat(run(PipelineSettings.defaults())).isInstanceOf(Finding.Verified.class);
    }

    @Test
    void failsOnAPolicyThatAllowsInlineScripts() {
        Finding finding = run(PipelineSettings.builder()
                .contentSecurityPolicy(ContentSecurityPolicy.of("default-src 'self' 'unsafe-inline'"))
                .build());
        assertThat(finding)
                .isInstanceOfSatisfying(
                        Finding.Failed.class,
                        failed -> assertThat(failed.reason())
                                .isEqualTo("the header Content-Security-Policy does not protect"));
    }

    @Test
    void failsOnAnEncryptedOriginWithoutStrictTransportSecurity() {
        URI origin = URI.create("https://shop.example.com");
        assertThat(run(PipelineSettings.builder().publicOrigin(origin).build())).isInstanceOf(Finding.Failed.class);
        assertThat(run(PipelineSettings.builder()
                        .publicOrigin(origin)
                        .hsts(Duration.ofDays(365))
                        .build()))
                .isInstanceOf(Finding.Verified.class);
    }

    private static Finding run(PipelineSettings settings) {
        return new PipelineSelfTest(settings, InstantSource.system()).run();
    }
}
