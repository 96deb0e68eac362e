// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class AccessRuleTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aSignInIsRecentForTenMinutes() {
        assertThat(AccessRule.isRecent(NOW, NOW)).isTrue();
        assertThat(AccessRule.isRecent(NOW.minus(Duration.ofMinutes(10)).plusMillis(1), NOW))
                .isTrue();
        assertThat(AccessRule.isRecent(NOW.minus(Duration.ofMinutes(10)), NOW)).isFalse();
    }

    /** The clock was set back since: by hours, the sign-in would count as recent for hours. */
    @Test
    void aSignInInTheFutureIsNotRecentButForClocksThatDifferALittle() {
        assertThat(AccessRule.isRecent(NOW.plusSeconds(60), NOW)).isTrue();
        assertThat(AccessRule.isRecent(NOW.plusSeconds(61), NOW)).isFalse();
        assertThat(AccessRule.isRecent(NOW.plus(Duration.ofHours(5)), NOW)).isFalse();
    }
}
