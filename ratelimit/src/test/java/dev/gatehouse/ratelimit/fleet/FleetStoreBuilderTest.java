// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.fleet;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.ratelimit.FailureMode;
import dev.gatehouse.ratelimit.LimitGroup;
import dev.gatehouse.ratelimit.RateLimiter;
import dev.gatehouse.ratelimit.RateLimits;
import dev.gatehouse.ratelimit.StandardLimits;
import dev.gatehouse.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FleetStoreBuilderTest {

    private final FlakyStore shared = new FlakyStore(new ManualTime());

    @Test
    void refusesWhatIsOutOfBoundsWithPlaceValueAndRule() {
        assertThatThrownBy(() -> FleetStore.over("Redis!", shared, 2)).hasMessageContaining("'Redis!' but must match");
        assertThatThrownBy(() -> FleetStore.over("redis", shared, 0))
                .hasMessage("ratelimit.redis: instances was 0 but must be 1 to 10000");
        assertThatThrownBy(() -> FleetStore.over("redis", shared, 2).slowAfter(Duration.ZERO))
                .hasMessage("ratelimit.redis: slowAfter was PT0S but must be PT0.001S to PT1S");
        assertThatThrownBy(() -> FleetStore.over("redis", shared, 2).probeEvery(Duration.ofHours(1)))
                .hasMessage("ratelimit.redis: probeEvery was PT1H but must be PT0.01S to PT1M");
    }

    @Test
    void anAuthenticationLimitThatWouldBeOpenIsRefusedWhenTheLimitsAreBuilt() {
        LimitGroup login = LimitGroup.named("auth")
                .byAddress(StandardLimits.LOGIN.whenStoreFails(FailureMode.OPEN))
                .asStrict();

        assertThatThrownBy(() -> RateLimits.builder(RateLimiter.builder().build())
                        .group(login)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "'login' is open when the store fails but a strict group's limits must share or be closed");
    }
}
