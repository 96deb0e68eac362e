// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.readiness.Finding;
import dev.gatehouse.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GameDayCheckTest {

    private final ManualTime time = new ManualTime();
    private final GameDayResults results = GameDayResults.inMemory();
    private final GameDayCheck check =
            new GameDayCheck(results, Set.of("payments", "search"), Duration.ofDays(90), time);

    private void played(String scenario, Verdict verdict, String... opened) {
        results.keep(new GameDayResult(scenario, time.instant(), verdict, List.of(), Set.of(opened)));
    }

    @Test
    void holdsWhenEveryCircuitWasSeenToOpen() {
        played("payments-down", new Verdict.Held(), "payments");
        played("search-down", new Verdict.Held(), "search");
        time.advance(Duration.ofDays(89));

        assertThat(check.call()).isInstanceOfSatisfying(Finding.Verified.class, verified -> {
            assertThat(verified.evidence()).hasSize(2);
            assertThat(verified.evidence().get(0).at()).isEqualTo("2026-01-01T00:00:00Z");
            assertThat(verified.evidence().get(0).value()).startsWith("held; circuits seen to open: [payments]");
        });
    }

    @Test
    void isUnknownBeforeAnythingWasPlayed() {
        assertThat(check.call())
                .isEqualTo(
                        new Finding.Unknown("no game day has seen the circuit open of: [payments, search]", List.of()));
    }

    @Test
    void isUnknownWhileOneCircuitWasNeverSeenToOpen() {
        played("payments-down", new Verdict.Held(), "payments");

        assertThat(check.call())
                .isInstanceOfSatisfying(
                        Finding.Unknown.class,
                        unknown -> assertThat(unknown.reason()).endsWith("of: [search]"));
    }

    @Test
    void failsWhenTheLastGameDayDid() {
        played("both-down", new Verdict.Held(), "payments", "search");
        played("both-down", new Verdict.Failed(Phase.RECOVERY, "3 of 10 pending"), "payments", "search");

        assertThat(check.call())
                .isInstanceOfSatisfying(
                        Finding.Failed.class,
                        failed -> assertThat(failed.reason())
                                .isEqualTo("the game day 'both-down' failed in the recovery: 3 of 10 pending"));
    }

    @Test
    void isStaleAfterNinetyDays() {
        played("payments-down", new Verdict.Held(), "payments");
        time.advance(Duration.ofDays(60));
        played("search-down", new Verdict.Held(), "search");
        time.advance(Duration.ofDays(31));

        assertThat(check.call())
                .isInstanceOfSatisfying(
                        Finding.Stale.class,
                        stale -> assertThat(stale.reason())
                                .isEqualTo("the last game day is over 90 days ago of: [payments]"));
    }

    @Test
    void doesNotCountOneThatWasAborted() {
        played("both-down", new Verdict.Aborted("interrupted"), "payments", "search");

        assertThat(check.call()).isInstanceOf(Finding.Unknown.class);
    }
}
