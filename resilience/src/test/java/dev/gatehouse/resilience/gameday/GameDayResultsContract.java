// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of results promises. */
abstract class GameDayResultsContract {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00.123Z");

    abstract GameDayResults results();

    static GameDayResult result(String scenario, int day, Verdict verdict) {
        return new GameDayResult(
                scenario,
                START.plus(Duration.ofDays(day)),
                verdict,
                List.of(
                        new Observation(Phase.STEADY_STATE, "orders are paid", true, "12 ms", Duration.ZERO),
                        new Observation(
                                Phase.EXPECTATION,
                                "\"pending\" \u00e4 </script>",
                                false,
                                "",
                                Duration.ofMillis(1_500))),
                Set.of("payments", "search"));
    }

    @Test
    void hasNoneAtFirst() {
        assertThat(results().latest()).isEmpty();
        assertThat(results().of("payments-down")).isEmpty();
    }

    @Test
    void keepsEveryPartOfAResult() {
        GameDayResults results = results();
        List<GameDayResult> given = List.of(
                result("payments-down", 1, new Verdict.Held()),
                result("payments-down", 2, new Verdict.Failed(Phase.RECOVERY, "3 of 10 pending")),
                result("payments-down", 3, new Verdict.Aborted("interrupted")));
        given.forEach(results::keep);

        assertThat(results.of("payments-down")).containsExactly(given.get(2), given.get(1), given.get(0));
    }

    @Test
    void tellsTheNewestOfEachScenario() {
        GameDayResults results = results();
        results.keep(result("search-down", 1, new Verdict.Held()));
        results.keep(result("payments-down", 2, new Verdict.Held()));
        results.keep(result("search-down", 3, new Verdict.Aborted("interrupted")));

        assertThat(results.latest())
                .containsExactly(
                        result("payments-down", 2, new Verdict.Held()),
                        result("search-down", 3, new Verdict.Aborted("interrupted")));
    }

    @Test
    void keepsOnlyTheNewestTwenty() {
        GameDayResults results = results();
        for (int day = 1; day <= 25; day++) {
            results.keep(result("payments-down", day, new Verdict.Held()));
        }

        List<GameDayResult> kept = results.of("payments-down");
        assertThat(kept).hasSize(GameDayResults.KEPT);
        assertThat(kept.get(0)).isEqualTo(result("payments-down", 25, new Verdict.Held()));
        assertThat(kept.get(19)).isEqualTo(result("payments-down", 6, new Verdict.Held()));
    }
}
