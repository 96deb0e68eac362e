// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.readiness.Finding;
import java.security.Security;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class EgressDrillTest {

    private static Finding finding(Guard... guards) {
        return new EgressDrill(List.of(guards), InstantSource.system()).call();
    }

    private static GuardBuilder guard() {
        return Guard.named("payments").timeout(Duration.ofSeconds(1));
    }

    @Test
    void holdsForGuardsThatGoToPublicHostsOrToAnAddressOrNowhere() {
        Finding finding = finding(
                guard().hosts("pay.example:443").build(),
                guard().hosts("127.0.0.1:8080").build(),
                guard().build());

        assertThat(finding).isInstanceOf(Finding.Verified.class);
        assertThat(finding.evidence())
                .extracting(evidence -> evidence.value())
                .containsExactly("pay.example:443", "127.0.0.1:8080", "nowhere");
    }

    @Test
    void failsForAGuardThatMayCallAMetadataService() {
        assertThat(finding(guard().hosts("169.254.169.254").build()))
                .isInstanceOfSatisfying(
                        Finding.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo("'payments' may call 169.254.169.254"));
    }

    @Test
    void failsForAHostThatMayPointToOne() {
        assertThat(finding(guard().host("pay.example", "169.254.0.0/16").build()))
                .isInstanceOfSatisfying(
                        Finding.Failed.class,
                        failed -> assertThat(failed.reason())
                                .isEqualTo("'payments' calls pay.example wherever it points to"));
    }

    @Test
    void failsWhereTheJvmKeepsNoAnswers() {
        String before = Security.getProperty("networkaddress.cache.ttl");
        Security.setProperty("networkaddress.cache.ttl", "0");
        try {
            assertThat(finding(guard().hosts("pay.example").build())).isInstanceOf(Finding.Failed.class);
            assertThat(finding(guard().hosts("127.0.0.1:80").build())).isInstanceOf(Finding.Verified.class);
        } finally {
            Security.setProperty("networkaddress.cache.ttl", before == null ? "" : before);
        }
    }

    @Test
    void isUnknownWithoutGuards() {
        assertThat(finding()).isInstanceOf(Finding.Unknown.class);
    }
}
