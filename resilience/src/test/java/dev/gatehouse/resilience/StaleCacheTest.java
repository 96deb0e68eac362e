// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.testing.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StaleCacheTest {

    private static final Outcome.Rejected<String> DOWN = new Outcome.Rejected<>(Outcome.Rejection.OPEN);

    private final ManualTime time = new ManualTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StaleCache<String, String> cache = StaleCache.of("search", 2, Duration.ofMinutes(10), time, meters);

    @Test
    void prefersTheFreshAnswer() {
        cache.read("shoes", () -> new Outcome.Success<>("old"));

        assertThat(cache.read("shoes", () -> new Outcome.Success<>("new"))).isEqualTo(new Outcome.Success<>("new"));
    }

    @Test
    void servesTheLastGoodAnswerSaysHowOldItIsAndWhy() {
        cache.read("shoes", () -> new Outcome.Success<>("old"));
        time.advance(Duration.ofMinutes(3));

        assertThat(cache.read("shoes", () -> DOWN)).isEqualTo(new Outcome.Stale<>("old", Duration.ofMinutes(3), DOWN));
        assertThat(meters.get("gatehouse.stale.served").counter().count()).isEqualTo(1);
    }

    @Test
    void hasNothingForAKeyItNeverSaw() {
        assertThat(cache.read("hats", () -> DOWN)).isSameAs(DOWN);
    }

    @Test
    void forgetsWhatIsTooOldToServe() {
        cache.read("shoes", () -> new Outcome.Success<>("old"));
        time.advance(Duration.ofMinutes(10));

        assertThat(cache.read("shoes", () -> DOWN)).isSameAs(DOWN);
    }

    @Test
    void doesNotGetYoungerByBeingServed() {
        cache.read("shoes", () -> new Outcome.Success<>("old"));
        for (int minute = 1; minute < 10; minute++) {
            time.advance(Duration.ofMinutes(1));
            cache.read("shoes", () -> DOWN);
        }
        time.advance(Duration.ofMinutes(1));

        assertThat(cache.read("shoes", () -> DOWN)).isSameAs(DOWN);
    }

    @Test
    void keepsNeitherFallbacksNorStaleAnswers() {
        cache.read("shoes", () -> new Outcome.Fallback<>("made up", DOWN));

        assertThat(cache.read("shoes", () -> DOWN)).isSameAs(DOWN);
    }

    @Test
    void holdsNoMoreThanItsBound() {
        for (int i = 0; i < 100; i++) {
            int key = i;
            cache.read("key" + i, () -> new Outcome.Success<>("value" + key));
        }
        long served = 0;
        for (int i = 0; i < 100; i++) {
            served += cache.read("key" + i, () -> DOWN) instanceof Outcome.Stale ? 1 : 0;
        }

        assertThat(served).isEqualTo(2);
    }

    @Test
    void refusesToBeUnbounded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StaleCache.of("search", 0, Duration.ofMinutes(1)))
                .withMessage("resilience.search.maxEntries: was 0 but must be 1 to 1000000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StaleCache.of("search", 1, Duration.ZERO))
                .withMessageContaining("resilience.search.maxAge");
    }
}
