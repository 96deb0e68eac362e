// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.insight.ChangeSink.Change;
import dev.gatehouse.jdbc.Tx;
import dev.gatehouse.resilience.Outcome;
import dev.gatehouse.testing.ManualTime;
import dev.gatehouse.testing.RecordingAuditSink;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FeaturesTest {

    private static final Sentences SEARCH =
            new Sentences("Search works.", "Search results may be old.", "Search is off just now.");
    private static final Sentences CHECKOUT =
            new Sentences("You can buy.", "We charge your card later.", "Buying is off just now.");
    private static final Actor OPERATOR = Actor.account("7");

    private final ManualTime time = new ManualTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RecordingAuditSink audit = new RecordingAuditSink();
    private final List<Change> changes = new ArrayList<>();
    private final SwitchableStore store = new SwitchableStore();
    private FeatureState index = FeatureState.UP;
    private FeatureState payments = FeatureState.UP;
    private final Features features = instance();

    private Features instance() {
        return Features.builder()
                .features(
                        Feature.named("search", SEARCH)
                                .needs(Need.of("index", () -> index).optional()),
                        Feature.named("checkout", CHECKOUT).needs(Need.of("payments", () -> payments)),
                        Feature.named("gifts", new Sentences("Gifts.", "Gifts later.", "No gifts."))
                                .needs(Need.feature("checkout"))
                                .needs(Need.feature("search").optional()))
                .store(store)
                .steadyFor(Duration.ofSeconds(30))
                .audit(audit)
                .changes(changes::add)
                .ticker(time)
                .clock(time)
                .meters(meters)
                .build();
    }

    private double level(String feature) {
        return meters.get("gatehouse.feature.state")
                .tag("feature", feature)
                .gauge()
                .value();
    }

    @Nested
    class HowItStands {

        @Test
        void followsWhatItNeeds() {
            assertThat(features.state("search")).isEqualTo(FeatureState.UP);
            index = FeatureState.OFF;
            payments = FeatureState.OFF;

            assertThat(features.state("search")).isEqualTo(FeatureState.DEGRADED);
            assertThat(features.state("checkout")).isEqualTo(FeatureState.OFF);
            assertThat(level("checkout")).isEqualTo(2);
        }

        @Test
        void followsOtherFeatures() {
            index = FeatureState.OFF;
            assertThat(features.state("gifts")).isEqualTo(FeatureState.DEGRADED);
            payments = FeatureState.DEGRADED;
            assertThat(features.state("gifts")).isEqualTo(FeatureState.DEGRADED);
            features.turnOff("checkout", OPERATOR, "a test", Optional.empty());
            assertThat(features.state("gifts")).isEqualTo(FeatureState.OFF);
        }

        @Test
        void aNeedThatCannotBeAskedIsDown() {
            Features broken = Features.builder()
                    .features(Feature.named("search", SEARCH).needs(Need.of("index", () -> {
                        throw new IllegalStateException("no index");
                    })))
                    .build();

            assertThat(broken.state("search")).isEqualTo(FeatureState.OFF);
        }

        @Test
        void doesNotFlickerWithACircuitThatFlaps() {
            for (int second = 0; second < 120; second++) {
                payments = second % 5 == 0 ? FeatureState.OFF : FeatureState.UP;
                assertThat(features.state("checkout")).isEqualTo(FeatureState.OFF);
                features.refresh();
                time.advance(Duration.ofSeconds(1));
            }
            assertThat(features.history()).extracting(FeatureChange::feature).containsExactly("gifts", "checkout");
        }

        @Test
        void isBetterOnceItHasBeenSteady() {
            payments = FeatureState.OFF;
            assertThat(features.state("checkout")).isEqualTo(FeatureState.OFF);
            payments = FeatureState.UP;
            time.advance(Duration.ofSeconds(29));
            assertThat(features.state("checkout")).isEqualTo(FeatureState.OFF);
            time.advance(Duration.ofSeconds(1));

            assertThat(features.state("checkout")).isEqualTo(FeatureState.UP);
        }

        @Test
        void getsBetterStepByStep() {
            payments = FeatureState.OFF;
            features.state("checkout");
            payments = FeatureState.DEGRADED;
            time.advance(Duration.ofSeconds(30));

            assertThat(features.state("checkout")).isEqualTo(FeatureState.DEGRADED);
        }

        @Test
        void isNotKnownOfAFeatureThatWasNotDeclared() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> features.state("serach"))
                    .withMessageContaining("'serach' was not declared; declared are [search, checkout, gifts]");
        }
    }

    @Nested
    class WhatUsersAreTold {

        @Test
        void isNothingWhileItIsUp() {
            assertThat(features.notice("search")).isEmpty();
        }

        @Test
        void isTheSentenceOfTheState() {
            index = FeatureState.OFF;

            assertThat(features.notice("search"))
                    .contains(new Notice("search", FeatureState.DEGRADED, "Search results may be old."));
            assertThat(meters.get("gatehouse.feature.notices")
                            .tags("feature", "search", "state", "degraded")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }

        @Test
        void goesWithAnAnswerThatIsStaleHoweverTheFeatureStands() {
            Outcome.Rejected<String> down = new Outcome.Rejected<>(Outcome.Rejection.OPEN);
            Outcome<String> stale = new Outcome.Stale<>("old", Duration.ofMinutes(1), down);

            assertThat(features.notice("search", stale, Locale.ROOT))
                    .map(Notice::state)
                    .contains(FeatureState.DEGRADED);
            assertThat(features.notice("search", down, Locale.ROOT))
                    .map(Notice::state)
                    .contains(FeatureState.DEGRADED);
            assertThat(features.notice("search", new Outcome.Success<>("new"), Locale.ROOT))
                    .isEmpty();
        }

        @Test
        void isSaidInTheirLanguageWhereThereIsOne() {
            assertThat(german(state -> Optional.of("Auf Deutsch: " + state.word())))
                    .isEqualTo("Auf Deutsch: off");
        }

        @Test
        void isSaidInTheFeaturesOwnWordsWhenATranslationFails() {
            assertThat(german(state -> Optional.empty())).isEqualTo("Search is off just now.");
            assertThat(german(state -> Optional.of("x".repeat(301)))).isEqualTo("Search is off just now.");
            assertThat(german(state -> Optional.of("one\nline\nmore"))).isEqualTo("Search is off just now.");
            assertThat(german(state -> {
                        throw new IllegalStateException("no bundle");
                    }))
                    .isEqualTo("Search is off just now.");
        }

        private String german(Function<FeatureState, Optional<String>> words) {
            Features translated = Features.builder()
                    .features(Feature.named("search", SEARCH)
                            .translated((state, locale) ->
                                    locale.equals(Locale.GERMAN) ? words.apply(state) : Optional.empty()))
                    .build();
            translated.turnOff("search", OPERATOR, "a test", Optional.empty());
            return translated.notice("search", Locale.GERMAN).orElseThrow().sentence();
        }

        @Test
        void isAProblemForWhoUsesWhatIsOff() {
            assertThat(features.problem("checkout", Locale.ROOT).status()).isEqualTo(503);
            assertThat(features.problem("checkout", Locale.ROOT).detail()).isEqualTo("Buying is off just now.");
        }
    }

    @Nested
    class BySomebodysHand {

        @Test
        void itIsOffWhateverItsNeedsSayAndItIsWrittenDown() {
            Switched done = features.turnOff("checkout", OPERATOR, "the acquirer charges twice", Optional.empty());

            assertThat(done).isEqualTo(new Switched.Done("checkout", FeatureState.OFF));
            assertThat(features.state("checkout")).isEqualTo(FeatureState.OFF);
            assertThat(audit.events()).singleElement().satisfies(event -> {
                assertThat(event.action()).isEqualTo("feature.turned-off");
                assertThat(event.actor()).isEqualTo(OPERATOR);
                assertThat(event.details()).containsEntry("reason", "the acquirer charges twice");
            });
            assertThat(changes)
                    .singleElement()
                    .satisfies(change -> assertThat(change.what()).contains("checkout", "the acquirer charges twice"));
        }

        @Test
        void itIsOffOnOtherInstancesAndAfterARestart() {
            features.turnOff("checkout", OPERATOR, "a test", Optional.empty());
            Features other = instance();
            other.refresh();

            assertThat(other.state("checkout")).isEqualTo(FeatureState.OFF);
            other.turnOn("checkout", OPERATOR, "it is over");
            features.refresh();
            assertThat(features.state("checkout")).isNotEqualTo(FeatureState.OFF);
        }

        @Test
        void onlyThenNothingShouldBeTried() {
            payments = FeatureState.OFF;
            assertThat(features.state("checkout")).isEqualTo(FeatureState.OFF);
            assertThat(features.isTurnedOff("checkout")).isFalse();
            features.turnOff("checkout", OPERATOR, "a test", Optional.empty());

            assertThat(features.isTurnedOff("checkout")).isTrue();
            assertThat(features.isTurnedOff("gifts")).isTrue();
            assertThat(features.isTurnedOff("search")).isFalse();
        }

        @Test
        void itIsOnAgainAtOnce() {
            features.turnOff("checkout", OPERATOR, "a test", Optional.empty());

            assertThat(features.turnOn("checkout", OPERATOR, "it is over"))
                    .isEqualTo(new Switched.Done("checkout", FeatureState.UP));
            assertThat(features.state("checkout")).isEqualTo(FeatureState.UP);
            assertThat(features.turnOn("checkout", OPERATOR, "again")).isInstanceOf(Switched.Unchanged.class);
        }

        @Test
        void itEndsByItselfOnceAndIsWrittenDownOnce() {
            Features other = instance();
            features.turnOff("checkout", OPERATOR, "a test", Optional.of(Duration.ofMinutes(5)));
            other.refresh();
            time.advance(Duration.ofMinutes(5));
            assertThat(features.state("checkout")).isNotEqualTo(FeatureState.OFF);
            other.refresh();
            features.refresh();

            assertThat(audit.events())
                    .extracting(AuditEvent::action)
                    .containsExactly("feature.turned-off", "feature.switch-expired");
        }

        @Test
        void nothingHoldsThatCouldNotBeAudited() {
            Features unaudited = Features.builder()
                    .features(Feature.named("checkout", CHECKOUT))
                    .store(store)
                    .audit(new BrokenAuditSink())
                    .build();
            assertThatThrownBy(() -> unaudited.turnOff("checkout", OPERATOR, "a test", Optional.empty()))
                    .hasMessage("the audit log is down");

            unaudited.refresh();
            features.refresh();
            assertThat(unaudited.state("checkout")).isNotEqualTo(FeatureState.OFF);
            assertThat(features.state("checkout")).isNotEqualTo(FeatureState.OFF);
        }

        @Test
        void whatIsOutOfBoundsIsRefused() {
            assertThat(features.turnOff("nothing", OPERATOR, "a test", Optional.empty()))
                    .isInstanceOf(Switched.Unknown.class);
            assertThat(features.turnOff("search", OPERATOR, " ", Optional.empty()))
                    .isInstanceOf(Switched.Invalid.class);
            assertThat(features.turnOff("search", OPERATOR, "x".repeat(501), Optional.empty()))
                    .isInstanceOf(Switched.Invalid.class);
            assertThat(features.turnOff("search", OPERATOR, "forged\nline", Optional.empty()))
                    .isInstanceOf(Switched.Invalid.class);
            assertThat(features.turnOff("search", OPERATOR, "a test", Optional.of(Duration.ofDays(367))))
                    .isInstanceOf(Switched.Invalid.class);
        }
    }

    @Nested
    class WhileTheStoreIsAway {

        @Test
        void switchesHoldAndChangesAreKeptForLater() {
            features.turnOff("search", OPERATOR, "a test", Optional.empty());
            store.fail = true;
            payments = FeatureState.OFF;
            assertThatThrownBy(features::refresh).isInstanceOf(FeatureStoreException.class);

            assertThat(features.state("search")).isEqualTo(FeatureState.OFF);
            assertThat(features.history()).element(1).satisfies(line -> {
                assertThat(line.feature()).isEqualTo("checkout");
                assertThat(line.why()).isEqualTo("payments is down");
            });
            store.fail = false;
            features.refresh();
            features.refresh();
            assertThat(features.history())
                    .extracting(FeatureChange::feature)
                    .containsExactly("gifts", "checkout", "search");
            Features afterARestart = instance();
            afterARestart.refresh();
            afterARestart.refresh();
            assertThat(afterARestart.history()).isEqualTo(features.history());
        }

        @Test
        void theHistoryThatWaitsIsBounded() {
            store.fail = true;
            for (int i = 0; i < 500; i++) {
                payments = payments == FeatureState.UP ? FeatureState.OFF : FeatureState.UP;
                time.advance(Duration.ofSeconds(31));
                features.state("checkout");
                assertThatThrownBy(features::refresh).isInstanceOf(FeatureStoreException.class);
            }

            assertThat(features.history()).hasSize(50);
            assertThat(meters.get("gatehouse.feature.history.dropped").counter().count())
                    .isPositive();
        }
    }

    @Nested
    class ADeclaration {

        @Test
        void mustNotGoInCircles() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Features.builder()
                            .features(
                                    Feature.named("a", SEARCH).needs(Need.feature("b")),
                                    Feature.named("b", CHECKOUT).needs(Need.feature("a")))
                            .build())
                    .withMessageContaining("needs itself");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Features.builder()
                            .features(Feature.named("a", SEARCH).needs(Need.feature("b")))
                            .build())
                    .withMessageContaining("needs the feature 'b', which was not declared");
        }

        @Test
        void mustHaveASentenceForEachState() {
            assertThatIllegalArgumentException().isThrownBy(() -> new Sentences("", "b", "c"));
            assertThatIllegalArgumentException().isThrownBy(() -> new Sentences("a", "x".repeat(301), "c"));
            assertThatIllegalArgumentException().isThrownBy(() -> new Sentences("a", "b", "b"));
        }
    }

    private static final class BrokenAuditSink implements AuditSink {

        @Override
        public void append(Tx tx, AuditEvent event) {
            throw new IllegalStateException("the audit log is down");
        }

        @Override
        public void append(AuditEvent event) {
            throw new IllegalStateException("the audit log is down");
        }
    }
}
