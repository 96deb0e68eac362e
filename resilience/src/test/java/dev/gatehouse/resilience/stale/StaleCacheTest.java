// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.resilience.Outcome;
import dev.gatehouse.testing.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StaleCacheTest {

    private static final Outcome.Rejected<String> DOWN = new Outcome.Rejected<>(Outcome.Rejection.OPEN);

    private final ManualTime time = new ManualTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StaleCache<String, String> cache = builder().build();

    private StaleCacheBuilder<String, String> builder() {
        return StaleCache.<String, String>named("search", 2, Duration.ofMinutes(10))
                .pauseAfterFailure(Duration.ZERO)
                .ticker(time)
                .meters(meters);
    }

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
                .isThrownBy(() -> StaleCache.named("search", 0, Duration.ofMinutes(1)))
                .withMessage("resilience.search.maxEntries: was 0 but must be 1 to 1000000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StaleCache.named("search", 1, Duration.ZERO))
                .withMessageContaining("resilience.search.maxAge");
    }

    @Test
    void hostileKeysWeighWhatTheyAre() {
        StaleCache<String, String> weighed = StaleCache.<String, String>named("weighed", 100, Duration.ofMinutes(10))
                .maxWeight(1_000, (key, value) -> key.length() + value.length())
                .ticker(time)
                .meters(meters)
                .build();
        weighed.read("small", () -> new Outcome.Success<>("kept"));
        for (int i = 0; i < 50; i++) {
            String huge = "k".repeat(5_000) + i;
            weighed.read(huge, () -> new Outcome.Success<>("v"));
        }

        assertThat(weighed.peek("small")).contains("kept");
        assertThat(weighed.size()).isEqualTo(1);
        assertThat(meters.get("gatehouse.stale.evicted").counter().count()).isEqualTo(50);
    }

    @Test
    void forgetsAKeyAndWhatAnEarlierCallForItBrings() {
        cache.read("shoes", () -> new Outcome.Success<>("old"));
        cache.read("shoes", () -> {
            cache.forget("shoes");
            return new Outcome.Success<>("of a time before it was forgotten");
        });

        assertThat(cache.peek("shoes")).isEmpty();
        assertThat(cache.read("shoes", () -> DOWN)).isSameAs(DOWN);
    }

    @Nested
    class AnAnswerThatIsFreshEnough {

        private final AtomicInteger calls = new AtomicInteger();
        private final StaleCache<String, String> fresh =
                builder().freshFor(Duration.ofSeconds(30)).build();

        private Outcome<String> call() {
            return new Outcome.Success<>("answer " + calls.incrementAndGet());
        }

        @Test
        void sparesTheCall() {
            fresh.read("shoes", this::call);
            time.advance(Duration.ofSeconds(29));

            assertThat(fresh.read("shoes", this::call)).isEqualTo(new Outcome.Success<>("answer 1"));
        }

        @Test
        void isAskedForAgainLater() {
            fresh.read("shoes", this::call);
            time.advance(Duration.ofSeconds(30));

            assertThat(fresh.read("shoes", this::call)).isEqualTo(new Outcome.Success<>("answer 2"));
        }

        @Test
        void mayNotBeOlderThanWhatIsKept() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder().freshFor(Duration.ofMinutes(11)))
                    .withMessageContaining("resilience.search.freshFor");
        }
    }

    @Nested
    class ANegativeAnswer {

        private final StaleCache<String, String> negative =
                builder().negative(String::isEmpty, Duration.ofMinutes(1)).build();

        @Test
        void isServedLikeAnother() {
            negative.read("hats", () -> new Outcome.Success<>(""));
            time.advance(Duration.ofSeconds(59));

            assertThat(negative.read("hats", () -> DOWN))
                    .isEqualTo(new Outcome.Stale<>("", Duration.ofSeconds(59), DOWN));
        }

        @Test
        void isKeptForLess() {
            negative.read("hats", () -> new Outcome.Success<>(""));
            negative.read("shoes", () -> new Outcome.Success<>("some"));
            time.advance(Duration.ofMinutes(1));

            assertThat(negative.read("hats", () -> DOWN)).isSameAs(DOWN);
            assertThat(negative.peek("shoes")).contains("some");
        }
    }

    @Nested
    class AfterAFailure {

        private final AtomicInteger calls = new AtomicInteger();
        private final StaleCache<String, String> pausing =
                builder().pauseAfterFailure(Duration.ofSeconds(1)).build();

        private Outcome<String> fail() {
            calls.incrementAndGet();
            return DOWN;
        }

        @Test
        void nobodyCallsForAMoment() {
            pausing.read("shoes", () -> new Outcome.Success<>("old"));
            for (int i = 0; i < 100; i++) {
                assertThat(pausing.read("shoes", this::fail)).isInstanceOf(Outcome.Stale.class);
            }

            assertThat(calls).hasValue(1);
        }

        @Test
        void thenItIsTriedAgain() {
            pausing.read("shoes", this::fail);
            time.advance(Duration.ofSeconds(1));

            assertThat(pausing.read("shoes", () -> new Outcome.Success<>("new")))
                    .isEqualTo(new Outcome.Success<>("new"));
            assertThat(pausing.read("shoes", this::fail)).isInstanceOf(Outcome.Stale.class);
        }

        @Test
        void whoHadNoTimeLeftSaysNothingToOthers() {
            pausing.read("shoes", () -> new Outcome.Rejected<>(Outcome.Rejection.BUDGET));

            assertThat(pausing.read("shoes", () -> new Outcome.Success<>("new")))
                    .isEqualTo(new Outcome.Success<>("new"));
        }

        @Test
        void theFailuresOfOtherKeysAreTheirOwn() {
            pausing.read("shoes", this::fail);

            assertThat(pausing.read("hats", () -> new Outcome.Success<>("some")))
                    .isEqualTo(new Outcome.Success<>("some"));
        }
    }
}
