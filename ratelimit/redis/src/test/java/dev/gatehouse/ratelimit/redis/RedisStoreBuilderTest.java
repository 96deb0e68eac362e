// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisStoreBuilderTest {

    private final RedisStoreBuilder builder = RedisLimitStore.builder(Secret.of("redis://127.0.0.1:6379"));

    @Test
    void refusesWhatIsOutOfBoundsWithPlaceValueAndRule() {
        assertThatThrownBy(() -> builder.prefix("a{b}")).hasMessageContaining("ratelimit.redis: prefix was 'a{b}'");
        assertThatThrownBy(() -> builder.waitAtMost(Duration.ofMinutes(1)))
                .hasMessage("ratelimit.redis: waitAtMost was PT1M but must be 1 ms to 1 s");
        assertThatThrownBy(() -> builder.queue(0)).hasMessage("ratelimit.redis: queue was 0 but must be 1 to 100000");
    }
}
