// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.HealthStatus;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.jdbc.SchemaException;
import dev.gatehouse.ratelimit.StandardLimits;
import dev.gatehouse.testing.ManualTime;
import dev.gatehouse.testing.TestDatabases;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class HigherLimitsGateTest {

    private static final Actor OPERATOR = Actor.account("olga");

    private final ManualTime time = new ManualTime();
    private final SwitchedStore store = new SwitchedStore(HigherLimitStore.inMemory());

    private HigherLimits instance(HigherLimitStore kept) {
        return HigherLimits.builder(kept)
                .raisable(StandardLimits.ACCOUNT, 10_000)
                .poll(Duration.ofMillis(50))
                .clock(time)
                .ticker(time)
                .build();
    }

    private static void grant(HigherLimits limits, String account) {
        Asked asked = limits.request(account, "account", 500, "growth");
        limits.grant(((Asked.Filed) asked).request().id(), 400, Duration.ofDays(1), OPERATOR, "");
    }

    private static HealthStatus health(HigherLimitsGate gate) throws Exception {
        return gate.health().get(0).probe().call();
    }

    @Test
    void readsWhatIsGrantedBeforeTheFirstRequest() {
        grant(instance(store), "ada");
        HigherLimits other = instance(store);

        try (HigherLimitsGate gate = new HigherLimitsGate(other)) {
            gate.start();
            assertThat(other.grants("ada")).hasSize(1);
        }
    }

    @Test
    void keepsLookingForWhatOthersGrant() throws InterruptedException {
        Looked looked = new Looked(store);
        HigherLimits other = instance(looked);

        try (HigherLimitsGate gate = new HigherLimitsGate(other)) {
            gate.start();
            grant(instance(store), "ada");
            looked.awaitTwoMore();
            assertThat(other.grants("ada")).hasSize(1);
        }
    }

    @Test
    void refusesADatabaseWithoutItsTables() {
        try (HigherLimitsGate gate = new HigherLimitsGate(instance(HigherLimitStore.jdbc(TestDatabases.h2())))) {
            assertThatThrownBy(gate::start)
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("V1__limits.sql has not run");
        }
    }

    @Test
    void isDegradedWhileTheStoreCannotBeRead() throws Exception {
        HigherLimits limits = instance(store);
        try (HigherLimitsGate gate = new HigherLimitsGate(limits)) {
            assertThat(health(gate).state()).isEqualTo(HealthStatus.State.DEGRADED);
            limits.refresh();
            assertThat(health(gate)).isEqualTo(HealthStatus.up());
            time.advance(Duration.ofSeconds(6));
            assertThat(health(gate))
                    .isEqualTo(HealthStatus.degraded(
                            "grants of higher limits were last read 6 s ago; those known before keep holding"));
        }
    }

    @Test
    void showsGrantsToTheConsoles() {
        HigherLimits limits = instance(store);
        grant(limits, "ada");

        try (HigherLimitsGate gate = new HigherLimitsGate(limits)) {
            Panel panel = gate.panels().get(0);
            assertThat(panel.facts()).contains(new Panel.Fact("grants held", "1"));
            assertThat(panel.tables().get(0).rows())
                    .containsExactly(List.of("ada", "account", "400", "2026-01-02T00:00:00Z"));
            assertThat(panel.about("ada"))
                    .containsExactly(new Panel.Fact("granted limit account", "400 until 2026-01-02T00:00:00Z"));
        }
    }

    /** Tells when it was looked at. */
    private static final class Looked implements HigherLimitStore {

        private final HigherLimitStore store;
        private volatile CountDownLatch two = new CountDownLatch(2);

        Looked(HigherLimitStore store) {
            this.store = store;
        }

        /** The second look from now on began after now. */
        void awaitTwoMore() throws InterruptedException {
            CountDownLatch latch = new CountDownLatch(2);
            two = latch;
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public <T> T transact(Function<HigherLimitUnit, T> work) {
            T result = store.transact(work);
            two.countDown();
            return result;
        }

        @Override
        public <T> T rehearse(Function<HigherLimitUnit, T> work) {
            return store.rehearse(work);
        }

        @Override
        public void verifySchema() {
            store.verifySchema();
        }
    }
}
