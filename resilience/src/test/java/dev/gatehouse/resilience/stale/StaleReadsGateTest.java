// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.readiness.Finding;
import dev.gatehouse.resilience.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StaleReadsGateTest {

    private final StaleStore store = StaleStore.inMemory();
    private final StaleCache<String, String> search = StaleCache.<String, String>named(
                    "search", 10, Duration.ofHours(1))
            .freshFor(Duration.ofMinutes(1))
            .copy(store, StaleCodec.text(), StaleCodec.text(), 1)
            .build();

    private static Finding f4(StaleReadsGate gate) throws Exception {
        return gate.readiness().get(0).probe().call();
    }

    @Nested
    class ReadinessF4 {

        @Test
        void isVerifiedByATwinThatServes() throws Exception {
            assertThat(f4(StaleReadsGate.of(search).paths("search"))).isInstanceOf(Finding.Verified.class);
        }

        @Test
        void isUnknownWhenNothingWasDeclared() throws Exception {
            assertThat(f4(StaleReadsGate.of())).isInstanceOf(Finding.Unknown.class);
        }

        @Test
        void failsForAReadPathWithoutACache() throws Exception {
            assertThat(f4(StaleReadsGate.of(search).paths("search", "prices")))
                    .isInstanceOfSatisfying(
                            Finding.Failed.class,
                            failed -> assertThat(failed.reason()).contains("'prices'"));
        }

        @Test
        void failsForACacheThatNeverServesStale() throws Exception {
            StaleCache<String, String> never = StaleCache.<String, String>named("never", 10, Duration.ofHours(1))
                    .freshFor(Duration.ofHours(1))
                    .build();

            assertThat(f4(StaleReadsGate.of(never)))
                    .isInstanceOfSatisfying(
                            Finding.Failed.class,
                            failed -> assertThat(failed.reason()).contains("does not answer stale"));
        }
    }

    @Test
    void thePanelShowsWhatWasServed() {
        search.read("shoes", () -> new Outcome.Success<>("old"));

        assertThat(StaleReadsGate.of(search)
                        .panels()
                        .get(0)
                        .tables()
                        .get(0)
                        .rows()
                        .get(0))
                .containsExactly("search", "1 of 10", "3600 s", "0", "yes");
    }

    @Test
    void writesTheCopiesWhenTheApplicationEnds() throws IOException {
        search.read("shoes", () -> new Outcome.Success<>("old"));
        StaleReadsGate.of(search).close();

        assertThat(store.load("search")).isNotEqualTo(Optional.empty());
    }
}
