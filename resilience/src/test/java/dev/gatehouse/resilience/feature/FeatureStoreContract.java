// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.resilience.feature.FeatureUnit.Sighting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of features promises. */
abstract class FeatureStoreContract {

    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
    private static final FeatureSwitch OFF =
            new FeatureSwitch("checkout", "account:7", "the acquirer charges twice", NOW, Optional.empty());

    private FeatureStore store = FeatureStore.inMemory();

    abstract FeatureStore fresh();

    @BeforeEach
    void open() {
        store = fresh();
    }

    private void within(Consumer<FeatureUnit> work) {
        store.transact(unit -> {
            work.accept(unit);
            return true;
        });
    }

    private boolean ask(Function<FeatureUnit, Boolean> verb) {
        return store.transact(verb);
    }

    private List<FeatureSwitch> switches() {
        return store.transact(FeatureUnit::switches);
    }

    private List<Sighting> seen() {
        return store.transact(FeatureUnit::seen);
    }

    private List<FeatureChange> history(int most) {
        return store.transact(unit -> unit.history(most));
    }

    private static FeatureSwitch until(Instant end) {
        return new FeatureSwitch("search", "key:1", "reindexing", NOW, Optional.of(end));
    }

    private static FeatureChange change(int number) {
        return new FeatureChange(NOW.plusSeconds(number), "search", FeatureState.DEGRADED, "why " + number, "system:x");
    }

    @Test
    void aSwitchIsKeptAsItIs() {
        within(unit -> unit.turnOff(OFF));
        within(unit -> unit.turnOff(until(NOW.plusSeconds(60))));

        assertThat(switches()).containsExactly(OFF, until(NOW.plusSeconds(60)));
    }

    @Test
    void aLaterSwitchTakesThePlaceOfAnEarlierOne() {
        within(unit -> unit.turnOff(until(NOW.plusSeconds(60))));
        within(unit -> unit.turnOff(until(NOW.plusSeconds(5))));

        assertThat(switches()).containsExactly(until(NOW.plusSeconds(5)));
    }

    @Test
    void turningOnSaysWhetherItWasOff() {
        within(unit -> unit.turnOff(OFF));

        assertThat(ask(unit -> unit.turnOn("checkout"))).isTrue();
        assertThat(ask(unit -> unit.turnOn("checkout"))).isFalse();
        assertThat(switches()).isEmpty();
    }

    @Test
    void onlyASwitchThatIsOverExpires() {
        within(unit -> unit.turnOff(OFF));
        within(unit -> unit.turnOff(until(NOW.plusSeconds(60))));

        assertThat(ask(unit -> unit.expire("checkout", NOW.plusSeconds(3_600)))).isFalse();
        assertThat(ask(unit -> unit.expire("search", NOW.plusSeconds(59)))).isFalse();
        assertThat(ask(unit -> unit.expire("search", NOW.plusSeconds(60)))).isTrue();
        assertThat(ask(unit -> unit.expire("search", NOW.plusSeconds(60)))).isFalse();
    }

    @Test
    void ofManyWhoSeeItExpireOneIsTold() throws Exception {
        within(unit -> unit.turnOff(until(NOW)));
        assertThat(atOnce(() -> store.transact(unit -> unit.expire("search", NOW))))
                .containsOnlyOnce(true);
    }

    @Test
    void manyMaySwitchTheSameFeatureAtOnce() throws Exception {
        assertThat(atOnce(() -> store.transact(unit -> {
                    unit.turnOff(OFF);
                    return true;
                })))
                .doesNotContain(false);
        assertThat(switches()).containsExactly(OFF);
    }

    private static List<Boolean> atOnce(Callable<Boolean> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(work);
            }
            List<Boolean> told = new ArrayList<>();
            for (Future<Boolean> each : threads.invokeAll(all)) {
                told.add(each.get());
            }
            return told;
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void theHistoryIsBoundedAndNewestFirst() {
        for (int i = 0; i < 20; i++) {
            FeatureChange change = change(i);
            within(unit -> unit.add(change, 5));
        }

        assertThat(history(3)).containsExactly(change(19), change(18), change(17));
        assertThat(history(100)).hasSize(5);
    }

    @Test
    void theLatestSightingCounts() {
        within(unit -> unit.seen(new Sighting("search", FeatureState.OFF, NOW)));
        within(unit -> unit.seen(new Sighting("search", FeatureState.OFF, NOW.plusSeconds(1))));
        within(unit -> unit.seen(new Sighting("search", FeatureState.DEGRADED, NOW)));

        assertThat(seen())
                .containsExactlyInAnyOrder(
                        new Sighting("search", FeatureState.OFF, NOW.plusSeconds(1)),
                        new Sighting("search", FeatureState.DEGRADED, NOW));
    }

    @Test
    void ofAFailedTransactionNothingIsKept() {
        assertThatThrownBy(() -> within(unit -> {
                    unit.turnOff(OFF);
                    unit.add(change(1), 5);
                    throw new IllegalStateException("the audit log is down");
                }))
                .hasMessage("the audit log is down");

        assertThat(switches()).isEmpty();
        assertThat(history(5)).isEmpty();
    }

    @Test
    void theSchemaIsTheOneItNeeds() {
        store.verifySchema();
    }
}
