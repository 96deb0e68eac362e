// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    private static final Outcome.Rejected<Integer> REJECTED = new Outcome.Rejected<>(Outcome.Rejection.OPEN);

    @Test
    void changesTheAnswerAndKeepsWhereItCameFrom() {
        Duration age = Duration.ofSeconds(3);

        assertThat(new Outcome.Success<>(2).map(n -> "n" + n)).isEqualTo(new Outcome.Success<>("n2"));
        assertThat(new Outcome.Stale<>(2, age, REJECTED).map(n -> "n" + n))
                .isEqualTo(new Outcome.Stale<>("n2", age, REJECTED.<String>as()));
        assertThat(new Outcome.Fallback<>(2, REJECTED).map(n -> "n" + n))
                .isEqualTo(new Outcome.Fallback<>("n2", REJECTED.<String>as()));
    }

    @Test
    void keepsWhatHappenedWhenThereIsNoAnswer() {
        IOException cause = new IOException("reset");
        List<Outcome<Integer>> unserved =
                List.of(REJECTED, new Outcome.TimedOut<>(Duration.ofMillis(7)), new Outcome.Failed<>(cause));

        assertThat(unserved)
                .allSatisfy(outcome -> assertThat(outcome.map(n -> "n" + n))
                        .isEqualTo(((Outcome.Unserved<Integer>) outcome).<String>as()));
    }

    @Test
    void saysWhyInWords() {
        assertThat(REJECTED.reason()).isEqualTo("the circuit is open");
        assertThat(new Outcome.TimedOut<>(Duration.ofMillis(7)).reason()).isEqualTo("timed out after 7 ms");
        assertThat(new Outcome.Failed<>(new IOException("reset")).reason())
                .isEqualTo("failed with java.io.IOException: reset");
    }

    @Test
    void fallsBackOnlyWhenThereIsNoAnswer() {
        Outcome.Success<Integer> success = new Outcome.Success<>(2);

        assertThat(success.orFallback(because -> 9)).isSameAs(success);
        assertThat(REJECTED.orFallback(because -> 9)).isEqualTo(new Outcome.Fallback<>(9, REJECTED));
    }
}
