// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.insight.ChangeSink;
import dev.gatehouse.resilience.Guard;
import dev.gatehouse.resilience.Outcome;
import dev.gatehouse.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private static final Actor OPERATOR = Actor.account("operator-1");

    private final ManualTime time = new ManualTime();
    private final List<ChangeSink.Change> changes = new ArrayList<>();
    private final Faults faults = Faults.of(Set.of("payments", "search"), time, new Random(3), changes::add);
    private final Guard guard = Guard.named("payments")
            .timeout(Duration.ofMillis(50))
            .faults(faults)
            .build();

    private static Fault fault(String dependency, Duration latency, double errorRate) {
        return new Fault(dependency, latency, errorRate, Duration.ofSeconds(30));
    }

    @Test
    void makesAGuardedCallFail() {
        faults.add(fault("payments", Duration.ZERO, 1), OPERATOR);

        assertThat(guard.call(attempt -> "paid"))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause()).isInstanceOf(InjectedFaultException.class));
    }

    @Test
    void makesAGuardedCallSlowWithinItsTimeout() {
        faults.add(fault("payments", Duration.ofMinutes(10), 0), OPERATOR);

        assertThat(guard.call(attempt -> "paid")).isInstanceOf(Outcome.TimedOut.class);
    }

    @Test
    void failsTheShareItWasTold() throws Exception {
        faults.add(fault("search", Duration.ZERO, 0.25), OPERATOR);
        int failed = 0;
        for (int i = 0; i < 10_000; i++) {
            try {
                faults.strike("search");
            } catch (InjectedFaultException e) {
                failed++;
            }
        }

        assertThat(failed).isBetween(2_300, 2_700);
    }

    @Test
    void leavesOtherDependenciesAlone() {
        faults.add(fault("search", Duration.ZERO, 1), OPERATOR);

        assertThat(guard.call(attempt -> "paid")).isEqualTo(new Outcome.Success<>("paid"));
    }

    @Test
    void endsByItself() {
        faults.add(fault("payments", Duration.ZERO, 1), OPERATOR);
        time.advance(Duration.ofSeconds(30));

        assertThat(faults.active()).isEmpty();
        assertThat(guard.call(attempt -> "paid")).isEqualTo(new Outcome.Success<>("paid"));
    }

    @Test
    void endsWhenPeopleSaySo() {
        faults.add(fault("payments", Duration.ZERO, 1), OPERATOR);
        faults.clear(OPERATOR);

        assertThat(faults.active()).isEmpty();
        assertThat(guard.call(attempt -> "paid")).isEqualTo(new Outcome.Success<>("paid"));
    }

    @Test
    void replacesTheFaultOfADependency() {
        Fault second = fault("payments", Duration.ZERO, 0.5);
        faults.add(fault("payments", Duration.ZERO, 1), OPERATOR);
        faults.add(second, OPERATOR);

        assertThat(faults.active()).containsExactly(second);
    }

    @Test
    void tellsWhoChangedWhat() {
        faults.add(fault("payments", Duration.ofMillis(5), 1), OPERATOR);
        faults.clear(OPERATOR);

        assertThat(changes).extracting(ChangeSink.Change::kind).containsExactly("fault", "fault");
        assertThat(changes).extracting(ChangeSink.Change::actor).containsOnly(OPERATOR);
        assertThat(changes.get(0).what()).contains("payments");
    }

    @Test
    void refusesWhatNobodyDeclared() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> faults.add(fault("nuclear", Duration.ZERO, 1), OPERATOR))
                .withMessageContaining("resilience.faults: dependency was 'nuclear' but must be one of");
        assertThatIllegalArgumentException().isThrownBy(() -> fault("payments", Duration.ZERO, 1.1));
        assertThatIllegalArgumentException().isThrownBy(() -> fault("payments", Duration.ZERO, Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Fault("payments", Duration.ZERO, 1, Duration.ofDays(1)));
    }

    @Test
    void hasNoneToGiveInProduction() {
        assertThatThrownBy(() -> Faults.none().add(fault("payments", Duration.ZERO, 1), OPERATOR))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatCode(() -> Faults.none().strike("payments")).doesNotThrowAnyException();
    }
}
