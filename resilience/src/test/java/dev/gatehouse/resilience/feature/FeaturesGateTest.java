// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.HealthCheck;
import dev.gatehouse.HealthStatus;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.testing.FakeExchange;
import dev.gatehouse.testing.ManualTime;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FeaturesGateTest {

    private static final Actor OPERATOR = Actor.account("7");

    private final ManualTime time = new ManualTime();
    private final SwitchableStore store = new SwitchableStore();
    private FeatureState index = FeatureState.UP;
    private final Feature search = Feature.named("search", new Sentences("Up.", "Degraded.", "Off."))
            .needs(Need.of("index", () -> index).optional());
    private final Features features = of(search);
    private final FeaturesGate gate = new FeaturesGate(features);

    @AfterEach
    void close() {
        gate.close();
    }

    private Features of(Feature... declared) {
        return Features.builder()
                .features(declared)
                .store(store)
                .ticker(time)
                .clock(time)
                .build();
    }

    private static HealthStatus health(FeaturesGate gate) throws Exception {
        HealthCheck check = gate.health().get(0);
        assertThat(check.required()).isFalse();
        return check.probe().call();
    }

    private static Finding f6(FeaturesGate gate) throws Exception {
        return gate.readiness().get(0).probe().call();
    }

    @Test
    void doesNotStartWhenTheSwitchesCannotBeRead() {
        store.fail = true;

        assertThatThrownBy(gate::start).isInstanceOf(FeatureStoreException.class);
    }

    @Test
    void knowsTheSwitchesOfTheLastProcessWhenItHasStarted() {
        of(search).turnOff("search", OPERATOR, "a test", Optional.empty());
        gate.start();

        assertThat(features.state("search")).isEqualTo(FeatureState.OFF);
    }

    @Test
    void informsOfWhatIsNotUp() throws Exception {
        assertThat(health(gate)).isInstanceOf(HealthStatus.degraded("x").getClass());
        features.refresh();
        assertThat(health(gate)).isEqualTo(HealthStatus.up());
        index = FeatureState.OFF;
        assertThat(health(gate)).isEqualTo(HealthStatus.degraded("search is degraded (index is down)"));
    }

    @Nested
    class TheHeader {

        private final FeaturesGate announcing = gate.announcing("Feature-Status");

        @AfterEach
        void closeIt() {
            announcing.close();
        }

        private FakeExchange answered() {
            FakeExchange exchange = new FakeExchange("GET", "/");
            announcing.interceptors().forEach(each -> each.before(exchange));
            return exchange;
        }

        @Test
        void saysWhatIsNotUp() {
            index = FeatureState.OFF;

            assertThat(answered().responseHeaders("Feature-Status")).containsExactly("search=degraded");
        }

        @Test
        void isMissingWhileAllIsUpAndWhenNobodyAskedForIt() {
            assertThat(answered().responseHeaders("Feature-Status")).isEmpty();
            assertThat(gate.interceptors()).isEmpty();
        }
    }

    @Nested
    class ThePanel {

        private Panel panel() {
            return gate.panels().get(0);
        }

        @Test
        void turnsAFeatureOffAndOnAgain() throws Exception {
            Panel.Action off = panel().actions().get(0);
            assertThat(off.name()).isEqualTo("turn-off-search");
            assertThat(off.handler().run(OPERATOR)).isEqualTo("'search' is off.");
            assertThat(features.state("search")).isEqualTo(FeatureState.OFF);

            Panel.Action on = panel().actions().get(0);
            assertThat(on.name()).isEqualTo("turn-on-search");
            assertThat(on.handler().run(OPERATOR)).isEqualTo("'search' is up.");
            assertThat(on.handler().run(OPERATOR)).startsWith("Nothing changed");
        }

        @Test
        void showsEachFeatureAndItsHistory() {
            features.turnOff("search", OPERATOR, "reindexing", Optional.of(Duration.ofHours(1)));
            features.refresh();

            assertThat(panel().tables().get(0).rows())
                    .singleElement()
                    .satisfies(row -> assertThat(row).contains("search", "off", "by hand: reindexing", "Off."));
            assertThat(panel().tables().get(1).rows())
                    .singleElement()
                    .satisfies(row -> assertThat(row).contains("account:7"));
        }
    }

    @Nested
    class ReadinessF6 {

        @Test
        void isUnknownWithoutAFeature() throws Exception {
            FeaturesGate none = new FeaturesGate(of());
            assertThat(f6(none)).isInstanceOf(Finding.Unknown.class);
            none.close();
        }

        @Test
        void failsWhenSwitchesDoNotArrive() throws Exception {
            assertThat(f6(gate)).isInstanceOf(Finding.Failed.class);
            features.refresh();
            time.advance(Duration.ofSeconds(6));
            assertThat(f6(gate)).isInstanceOf(Finding.Failed.class);
        }

        @Test
        void failsForAFeatureThatNothingCanMakeSpeak() throws Exception {
            Features silent = of(Feature.named("search", new Sentences("Up.", "Degraded.", "Off.")));
            silent.refresh();
            FeaturesGate broken = new FeaturesGate(silent);

            assertThat(f6(broken))
                    .isInstanceOfSatisfying(
                            Finding.Failed.class,
                            failed -> assertThat(failed.reason()).contains("declares no need"));
            broken.close();
        }

        @Test
        void isUnknownUntilSomebodyWasToldAndStaleLongAfter() throws Exception {
            features.refresh();
            assertThat(f6(gate))
                    .isInstanceOfSatisfying(
                            Finding.Unknown.class,
                            unknown -> assertThat(unknown.reason()).contains("'search'"));

            index = FeatureState.OFF;
            features.notice("search");
            assertThat(f6(gate)).isInstanceOf(Finding.Verified.class);

            features.refresh();
            time.advance(Duration.ofDays(61));
            features.refresh();
            assertThat(f6(gate)).isInstanceOf(Finding.Stale.class);
        }

        @Test
        void isVerifiedByWhatAnEarlierProcessTold() throws Exception {
            index = FeatureState.OFF;
            features.notice("search");
            features.refresh();
            Features next = of(search);
            next.refresh();
            FeaturesGate later = new FeaturesGate(next);

            assertThat(f6(later)).isInstanceOf(Finding.Verified.class);
            later.close();
        }
    }
}
