// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.HealthStatus;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.insight.ChangeSink;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.jdbc.Tx;
import dev.gatehouse.resilience.Guard;
import dev.gatehouse.resilience.Outcome;
import dev.gatehouse.testing.ManualTime;
import dev.gatehouse.testing.RecordingAuditSink;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private static final Actor OPERATOR = Actor.account("operator-1");
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final ManualTime time = new ManualTime();
    private final List<ChangeSink.Change> changes = new CopyOnWriteArrayList<>();
    private final RecordingAuditSink audit = new RecordingAuditSink();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Faults faults = faults(true);
    private final Guard guard = Guard.named("payments")
            .timeout(Duration.ofMillis(50))
            .faults(faults)
            .build();

    private Faults faults(boolean allowed) {
        return Faults.allowedIf(allowed)
                .dependencies("payments", "search")
                .ticker(time)
                .clock(time)
                .random(new Random(3))
                .audit(audit)
                .changes(changes::add)
                .meters(meters)
                .build();
    }

    private static Fault payments() {
        return Fault.of("payments", HALF_A_MINUTE);
    }

    private String pattern(Faults struck, int calls) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < calls; i++) {
            try {
                struck.strike("payments");
                result.append('.');
            } catch (Exception e) {
                result.append('x');
            }
        }
        return result.toString();
    }

    @Nested
    class InForce {

        @Test
        void makesAGuardedCallFail() {
            faults.add(payments().failing(1), OPERATOR);

            assertThat(guard.call(attempt -> "paid"))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.cause()).isInstanceOf(InjectedFaultException.class));
        }

        @Test
        void failsWithTheExceptionChosen() {
            faults.add(payments().failing(1, FaultKind.exception(TimeoutException.class)), OPERATOR);

            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> faults.strike("payments"))
                    .withMessage("injected fault: payments");
            assertThat(guard.call(attempt -> "paid")).isInstanceOf(Outcome.TimedOut.class);
        }

        @Test
        void makesAGuardedCallSlowWithinItsTimeout() {
            faults.add(payments().slow(Duration.ofMinutes(10)), OPERATOR);

            assertThat(guard.call(attempt -> "paid")).isInstanceOf(Outcome.TimedOut.class);
        }

        @Test
        void takesTheTimeItWasTold() throws Exception {
            Faults real =
                    Faults.allowedIf(true).dependencies("payments").audit(audit).build();
            real.add(payments().slow(Duration.ofMillis(20), Duration.ofMillis(40)), OPERATOR);
            long from = System.nanoTime();
            real.strike("payments");

            assertThat(System.nanoTime() - from)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
            real.close();
        }

        @Test
        void failsTheShareItWasTold() {
            faults.add(payments().failing(0.25), OPERATOR);

            assertThat(pattern(faults, 10_000).chars().filter(c -> c == 'x').count())
                    .isBetween(2_300L, 2_700L);
        }

        @Test
        void leavesOtherDependenciesAlone() {
            faults.add(Fault.of("search", HALF_A_MINUTE).failing(1), OPERATOR);

            assertThat(guard.call(attempt -> "paid")).isEqualTo(new Outcome.Success<>("paid"));
        }

        @Test
        void isToldInHealthAndOnThePanel() {
            assertThat(faults.health()).isEqualTo(HealthStatus.up());
            faults.add(payments().slow(Duration.ofMillis(5)).failing(0.5).seeded(9), OPERATOR);

            assertThat(faults.health())
                    .isEqualTo(HealthStatus.degraded(
                            "injected on purpose: payments: 5 ms slower," + " error for 0.5 of the calls, for 30 s"));
            assertThat(faults.panel().facts()).contains(new Panel.Fact("in force", "1"));
            assertThat(faults.panel().tables().get(0).rows().get(0)).contains("9", "account:operator-1");
        }

        @Test
        void isCountedByDependencyAndKind() {
            faults.add(payments().failing(1), OPERATOR);
            pattern(faults, 3);

            assertThat(meters.get("gatehouse.faults.active")
                            .tag("dependency", "payments")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(meters.get("gatehouse.faults.active")
                            .tag("dependency", "search")
                            .gauge()
                            .value())
                    .isZero();
            assertThat(meters.get("gatehouse.faults.strikes")
                            .tag("kind", "error")
                            .counter()
                            .count())
                    .isEqualTo(3);
        }

        @Test
        void isReplacedByTheNext() {
            faults.add(payments().failing(1), OPERATOR);
            ActiveFault second = faults.add(payments().failing(0.5), OPERATOR);

            assertThat(faults.active()).containsExactly(second);
            assertThat(audit.actions()).containsExactly("fault.injected", "fault.injected", "fault.ended");
        }
    }

    @Nested
    class Seeded {

        @Test
        void strikesTheSameCallsAgain() {
            faults.add(payments().failing(0.5).seeded(42), OPERATOR);
            String first = pattern(faults, 200);
            faults.add(payments().failing(0.5).seeded(42), OPERATOR);
            String second = pattern(faults, 200);
            faults.add(payments().failing(0.5).seeded(43), OPERATOR);

            assertThat(second).isEqualTo(first);
            assertThat(pattern(faults, 200)).isNotEqualTo(first);
        }

        @Test
        void tellsTheSeedItDrewSoThatItCanBeRepeated() {
            ActiveFault drawn = faults.add(payments().failing(0.5), OPERATOR);
            String first = pattern(faults, 200);
            String told = audit.events().get(0).details().get("seed");
            faults.add(payments().failing(0.5).seeded(Long.parseLong(told)), OPERATOR);

            assertThat(drawn.fault().seed()).hasValue(Long.parseLong(told));
            assertThat(pattern(faults, 200)).isEqualTo(first);
        }
    }

    @Nested
    class Hanging {

        private CompletableFuture<String> hung() throws InterruptedException {
            CountDownLatch struck = new CountDownLatch(1);
            CompletableFuture<String> result = CompletableFuture.supplyAsync(() -> {
                struck.countDown();
                return pattern(faults, 1);
            });
            assertThat(struck.await(10, TimeUnit.SECONDS)).isTrue();
            return result;
        }

        @Test
        void goesOnWhenTheFaultIsEnded() throws Exception {
            faults.add(payments().failing(1, FaultKind.hang()), OPERATOR);
            CompletableFuture<String> call = hung();
            assertThat(call).isNotDone();
            faults.clear(OPERATOR);

            assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo(".");
        }

        @Test
        void goesOnWhenTheTimeIsUp() throws Exception {
            faults.add(payments().failing(1, FaultKind.hang()), OPERATOR);
            CompletableFuture<String> call = hung();
            time.advance(HALF_A_MINUTE);
            faults.active();

            assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo(".");
        }

        @Test
        void isInterruptedByTheGuardsTimeout() {
            faults.add(payments().failing(1, FaultKind.hang()), OPERATOR);

            assertThat(guard.call(attempt -> "paid")).isInstanceOf(Outcome.TimedOut.class);
        }
    }

    @Nested
    class Ending {

        @Test
        void endsByItself() {
            faults.add(payments().failing(1), OPERATOR);
            time.advance(HALF_A_MINUTE);

            assertThat(faults.active()).isEmpty();
            assertThat(guard.call(attempt -> "paid")).isEqualTo(new Outcome.Success<>("paid"));
        }

        @Test
        void isRecordedOnceThoughNobodyCalls() {
            faults.add(payments().failing(1), OPERATOR);
            time.advance(HALF_A_MINUTE);
            faults.active();
            faults.active();

            assertThat(audit.actions()).containsExactly("fault.injected", "fault.ended");
            AuditEvent end = audit.events().get(1);
            assertThat(end.actor()).isEqualTo(Actor.system("faults"));
            assertThat(end.details()).containsEntry("why", "its time was up").containsEntry("number", "1");
        }

        @Test
        void isRecordedOnceThoughTwoNoticeAtTheSameTime() throws Exception {
            CyclicBarrier together = new CyclicBarrier(2);
            ThreadLocal<Boolean> meets = ThreadLocal.withInitial(() -> false);
            Faults watched = Faults.allowedIf(true)
                    .dependencies("payments")
                    .ticker(() -> {
                        meet(together, meets);
                        return time.nanos();
                    })
                    .audit(audit)
                    .build();
            watched.add(payments().failing(1), OPERATOR);
            time.advance(HALF_A_MINUTE);
            ExecutorService pool = Executors.newFixedThreadPool(2);
            Callable<List<ActiveFault>> noticing = () -> {
                meets.set(true);
                return watched.active();
            };
            for (Future<List<ActiveFault>> each : pool.invokeAll(List.of(noticing, noticing))) {
                assertThat(each.get()).isEmpty();
            }
            pool.shutdown();

            assertThat(audit.actions()).containsExactly("fault.injected", "fault.ended");
        }

        /** Lets two threads that both saw the fault go on at the same time. */
        private void meet(CyclicBarrier together, ThreadLocal<Boolean> meets) {
            if (meets.get()) {
                meets.set(false);
                try {
                    together.await(20, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException("they did not meet", e);
                }
            }
        }

        @Test
        void endsWhenPeopleSaySo() {
            faults.add(payments().failing(1), OPERATOR);
            faults.clear(OPERATOR);

            assertThat(faults.active()).isEmpty();
            assertThat(guard.call(attempt -> "paid")).isEqualTo(new Outcome.Success<>("paid"));
            assertThat(audit.events().get(1).actor()).isEqualTo(OPERATOR);
        }

        @Test
        void endsFromThePanel() throws Exception {
            faults.add(payments().failing(1), OPERATOR);

            assertThat(faults.panel().actions().get(0).handler().run(OPERATOR)).isEqualTo("1 faults ended.");
            assertThat(faults.active()).isEmpty();
        }

        @Test
        void endsWithTheApplication() {
            faults.add(payments().failing(1), OPERATOR);
            faults.close();

            assertThat(faults.active()).isEmpty();
            assertThat(audit.events().get(1).details()).containsEntry("why", "the application ends");
        }

        @Test
        void endsOnlyTheOneThatWasMeant() {
            ActiveFault first = faults.add(payments().failing(1), OPERATOR);
            ActiveFault second = faults.add(payments().failing(0.5), OPERATOR);
            faults.end(first, OPERATOR);
            assertThat(faults.active()).containsExactly(second);

            faults.end(second, OPERATOR);
            assertThat(faults.active()).isEmpty();
        }
    }

    @Nested
    class Audited {

        @Test
        void tellsWhoChangedWhat() {
            faults.add(payments().slow(Duration.ofMillis(5)), OPERATOR);
            faults.clear(OPERATOR);

            assertThat(changes).extracting(ChangeSink.Change::kind).containsExactly("fault", "fault");
            assertThat(changes).extracting(ChangeSink.Change::actor).containsOnly(OPERATOR);
            assertThat(changes.get(0).what()).contains("payments: 5 ms slower");
            assertThat(audit.events()).extracting(AuditEvent::actor).containsOnly(OPERATOR);
        }

        @Test
        void doesNotHappenUnaudited() {
            Faults unaudited = Faults.allowedIf(true)
                    .dependencies("payments")
                    .audit(new BrokenAuditSink())
                    .build();

            assertThatThrownBy(() -> unaudited.add(payments().failing(1), OPERATOR))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(unaudited.active()).isEmpty();
        }
    }

    @Nested
    class WhereNobodyAllowedIt {

        private final Faults refusing = faults(false);

        @Test
        void isRefusedAndThatIsAudited() {
            assertThatThrownBy(() -> refusing.add(payments().failing(1), OPERATOR))
                    .isInstanceOf(FaultsRefusedException.class);
            assertThat(refusing.active()).isEmpty();
            assertThat(pattern(refusing, 3)).isEqualTo("...");
            assertThat(audit.actions()).containsExactly("fault.refused");
            assertThat(audit.events().get(0).outcome()).isEqualTo(AuditEvent.Outcome.DENIED);
        }

        @Test
        void leadsStraightToTheProviderAndListensNowhere() {
            URI provider = URI.create("http://127.0.0.1:9/pay");
            Detour detour = refusing.detour("payments", provider);

            assertThat(detour.now()).isEqualTo(provider);
            assertThat(detour.authorities()).isEqualTo(Set.of("127.0.0.1:9"));
            assertThatThrownBy(() -> refusing.proxy("payments", "127.0.0.1", 9))
                    .isInstanceOf(FaultsRefusedException.class);
        }

        @Test
        void hasNoneToGive() {
            assertThatThrownBy(() -> Faults.none().add(payments().failing(1), OPERATOR))
                    .isInstanceOf(FaultsRefusedException.class);
            assertThatCode(() -> Faults.none().strike("payments")).doesNotThrowAnyException();
        }
    }

    @Nested
    class Refused {

        @Test
        void isADependencyThatNobodyDeclared() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> faults.add(Fault.of("nuclear", HALF_A_MINUTE), OPERATOR))
                    .withMessageContaining("resilience.faults: dependency was 'nuclear' but must be one of");
        }

        @Test
        void isAKindThatNeedsAProxyWhereThereIsNone() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> faults.add(payments().failing(1, FaultKind.reset()), OPERATOR))
                    .withMessage("resilience.faults: kind was 'reset' but must not need a connection, for no proxy"
                            + " stands before 'payments'");
        }

        @Test
        void isWhatIsOutOfBounds() {
            assertThatIllegalArgumentException().isThrownBy(() -> payments().failing(1.1));
            assertThatIllegalArgumentException().isThrownBy(() -> payments().failing(Double.NaN));
            assertThatIllegalArgumentException().isThrownBy(() -> Fault.of("payments", Duration.ofDays(1)));
            assertThatIllegalArgumentException().isThrownBy(() -> Fault.of("payments", Duration.ZERO));
            assertThatIllegalArgumentException().isThrownBy(() -> payments().slow(Duration.ofMinutes(11)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> payments().slow(Duration.ofSeconds(2), Duration.ofSeconds(1)));
            assertThatIllegalArgumentException().isThrownBy(() -> payments().failing(0.5, FaultKind.refuse()));
            assertThatIllegalArgumentException().isThrownBy(() -> FaultKind.trickle(0));
            assertThatIllegalArgumentException().isThrownBy(() -> FaultKind.exception(Unmakeable.class));
        }
    }

    /** An exception that only its own kind can make. */
    private static final class Unmakeable extends Exception {

        private static final long serialVersionUID = 1L;

        private Unmakeable() {}
    }

    /** A sink whose database is down. */
    private static final class BrokenAuditSink implements AuditSink {

        @Override
        public void append(Tx tx, AuditEvent event) {
            throw new IllegalStateException("down");
        }

        @Override
        public void append(AuditEvent event) {
            throw new IllegalStateException("down");
        }
    }
}
