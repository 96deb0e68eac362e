// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.gatehouse.resilience.fault.Fault;
import dev.gatehouse.resilience.fault.Faults;
import dev.gatehouse.resilience.gameday.GameDayResult;
import dev.gatehouse.resilience.gameday.GameDays;
import dev.gatehouse.resilience.gameday.Reading;
import dev.gatehouse.resilience.gameday.Scenario;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

class GameDayExtensionTest {

    private static final AtomicInteger PLAYED = new AtomicInteger();
    private static final Faults FAULTS =
            Faults.allowedIf(true).dependencies("payments").build();
    private static final GameDays DAYS = GameDays.builder(FAULTS)
            .scenarios(scenario("holds", true), scenario("breaks", false))
            .build();

    private static final ThreadLocal<Boolean> FROM_HERE = ThreadLocal.withInitial(() -> false);

    /** For the tests below, which mean nothing when a runner picks them up by itself. */
    private static GameDays days() {
        assumeTrue(FROM_HERE.get());
        return DAYS;
    }

    private static Scenario scenario(String name, boolean holds) {
        return Scenario.named(name)
                .steady("works", () -> {
                    PLAYED.incrementAndGet();
                    return Reading.good("yes");
                })
                .fault(Fault.of("payments", Duration.ofSeconds(30)).failing(1))
                .throughout("browsing", () -> new Reading(holds, "3 of 3 pages"))
                .recovers("works", Duration.ofSeconds(5), () -> Reading.good("yes"))
                .build();
    }

    private static TestExecutionSummary run(Class<?> tests) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        FROM_HERE.set(true);
        LauncherFactory.create().execute(request, listener);
        FROM_HERE.set(false);
        return listener.getSummary();
    }

    @Test
    void playsTheScenarioOnceAndHandsItsResultToTheTest() {
        PLAYED.set(0);
        TestExecutionSummary summary = run(HoldingGameDay.class);

        assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
        assertThat(PLAYED).hasValue(1);
    }

    @Test
    void failsTheTestWithEverythingObservedWhenTheScenarioDoesNotHold() {
        TestExecutionSummary summary = run(BreakingGameDay.class);

        assertThat(summary.getTestsFailedCount()).isEqualTo(1);
        assertThat(summary.getFailures().get(0).getException())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("failed in the expectation: browsing: 3 of 3 pages")
                .hasMessageContaining("held   steady state: works: yes");
        assertThat(FAULTS.active()).isEmpty();
    }

    /** Run by the test above only. */
    static class HoldingGameDay {

        @RegisterExtension
        private static final GameDayExtension PLAYS = new GameDayExtension(GameDayExtensionTest::days);

        @GameDayTest("holds")
        void seesTheResult(GameDayResult result) {
            assertThat(result.held()).isTrue();
            assertThat(result.observations()).hasSize(4);
        }
    }

    /** Run by the test above only. */
    static class BreakingGameDay {

        @RegisterExtension
        private static final GameDayExtension PLAYS = new GameDayExtension(GameDayExtensionTest::days);

        @GameDayTest("breaks")
        void isNotReached() {}
    }
}
