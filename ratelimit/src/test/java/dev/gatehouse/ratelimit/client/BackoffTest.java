// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.testing.ManualTime;
import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {

    private static final RandomGenerator LEAST = () -> 0;
    private final ManualTime time = new ManualTime();
    private final Backoff backoff = Backoff.standard().with(time, LEAST);

    private static Duration pause(Advice advice) {
        assertThat(advice).isInstanceOf(Advice.Retry.class);
        return ((Advice.Retry) advice).pause();
    }

    @Test
    void refusesAShapeThatMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.of(Duration.ofSeconds(2), Duration.ofSeconds(1), 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.of(Duration.ofSeconds(1), Duration.ofSeconds(2), 0))
                .withMessage("backoff: attempts was 0 but must be 1 to 100");
    }

    @Nested
    class AfterARefusal {

        @ParameterizedTest
        @ValueSource(ints = {429, 503})
        void waitsAsLongAsTheServiceAsks(int status) {
            assertThat(pause(backoff.after(1, FakeResponse.of(status, "Retry-After", "7"))))
                    .isEqualTo(Duration.ofSeconds(7));
        }

        @Test
        void waitsUntilADate() {
            assertThat(pause(backoff.after(1, FakeResponse.of(503, "Retry-After", "Thu, 01 Jan 2026 00:00:09 GMT"))))
                    .isEqualTo(Duration.ofSeconds(9));
            assertThat(pause(backoff.after(1, FakeResponse.of(503, "Retry-After", "Wed, 31 Dec 2025 23:00:00 GMT"))))
                    .isEqualTo(Duration.ZERO);
        }

        @Test
        void isNeverEarlierAndRarelyTogether() {
            Random random = new Random(7);
            Backoff chance = Backoff.standard().with(time, random);

            assertThat(java.util.stream.IntStream.range(0, 1_000)
                            .mapToObj(i -> pause(chance.after(3, FakeResponse.of(429, "Retry-After", "7"))))
                            .toList())
                    .allMatch(waited -> waited.compareTo(Duration.ofSeconds(7)) >= 0)
                    .allMatch(waited -> waited.compareTo(Duration.ofMillis(7_800)) <= 0)
                    .doesNotHaveDuplicates();
        }

        @ParameterizedTest
        @CsvSource({"31", "99999999999999999999", "4102444800"})
        void givesUpWhenThatIsTooLong(String seconds) {
            assertThat(backoff.after(1, FakeResponse.of(429, "Retry-After", seconds)))
                    .isInstanceOf(Advice.GiveUp.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "-1", "1.5", "soon", "+3", "٣"})
        void backsOffWhenItIsNotTold(String nonsense) {
            assertThat(pause(backoff.after(1, FakeResponse.of(429, "Retry-After", nonsense))))
                    .isEqualTo(Duration.ZERO);
        }

        @Test
        void givesUpAfterTheLastAttempt() {
            assertThat(backoff.after(5, FakeResponse.of(429, "Retry-After", "1")))
                    .isEqualTo(new Advice.GiveUp("it was tried 5 times"));
        }
    }

    @Nested
    class WithoutAnAnswer {

        @Test
        void stepsDoubleUpToTheLongest() {
            RandomGenerator most = new RandomGenerator() {
                @Override
                public long nextLong() {
                    return 0;
                }

                @Override
                public long nextLong(long bound) {
                    return bound - 1;
                }
            };
            Backoff late = Backoff.of(Duration.ofMillis(200), Duration.ofSeconds(2), 100)
                    .with(time, most);

            assertThat(pause(late.unanswered(1))).isEqualTo(Duration.ofMillis(200));
            assertThat(pause(late.unanswered(2))).isEqualTo(Duration.ofMillis(400));
            assertThat(pause(late.unanswered(4))).isEqualTo(Duration.ofMillis(1_600));
            assertThat(pause(late.unanswered(5))).isEqualTo(Duration.ofSeconds(2));
            assertThat(pause(late.unanswered(99))).isEqualTo(Duration.ofSeconds(2));
        }

        @Test
        void givesUpAfterTheLastAttempt() {
            assertThat(backoff.unanswered(5)).isInstanceOf(Advice.GiveUp.class);
        }
    }

    @Nested
    class AfterAnAnswer {

        @Test
        void proceeds() {
            assertThat(backoff.after(1, FakeResponse.of(200))).isEqualTo(new Advice.Proceed());
            assertThat(backoff.after(1, FakeResponse.of(404, "RateLimit", "\"a\";r=1;t=9")))
                    .isEqualTo(new Advice.Proceed());
        }

        @Test
        void pacesItselfWhenNothingIsLeft() {
            assertThat(backoff.after(1, FakeResponse.of(200, "RateLimit", "\"a\";r=0;t=3, \"b\";r=4;t=9")))
                    .isEqualTo(new Advice.Pace(Duration.ofSeconds(3)));
        }

        @Test
        void readsSeveralLinesAsOneAndBoundsThePause() {
            assertThat(backoff.after(1, FakeResponse.of(200, "RateLimit", "\"a\";r=0;t=3", "\"b\";r=0;t=999")))
                    .isEqualTo(new Advice.Pace(Duration.ofSeconds(30)));
        }
    }
}
