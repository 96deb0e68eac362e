// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every store of higher limits must do. */
abstract class HigherLimitStoreContract {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.250Z");
    private static final Instant LATER = NOW.plusSeconds(3600);

    private HigherLimitStore store = HigherLimitStore.inMemory();

    abstract HigherLimitStore fresh();

    @BeforeEach
    void open() {
        store = fresh();
    }

    private static LimitRequest request(String id, String account, Instant at) {
        return new LimitRequest(id, account, "account", 500, "Black Friday <b>é</b>", at, Optional.empty());
    }

    private static LimitAnswer granted(String account, Instant at) {
        return new LimitAnswer(Optional.of(grant(account, 400)), "account:op", "", at);
    }

    private static LimitAnswer refused(Instant at) {
        return new LimitAnswer(Optional.empty(), "account:op", "no", at);
    }

    private static LimitGrant grant(String account, long permits) {
        return new LimitGrant(account, "account", permits, LATER);
    }

    private boolean file(LimitRequest request) {
        return store.transact(unit -> unit.file(request));
    }

    private boolean answer(String id, LimitAnswer answer) {
        return store.transact(unit -> unit.answer(id, answer));
    }

    private void put(LimitGrant grant) {
        store.transact(unit -> {
            unit.put(grant);
            return grant;
        });
    }

    private GrantChanges after(long version) {
        return store.transact(unit -> unit.changesAfter(version));
    }

    private long held(Instant at) {
        return store.transact(unit -> unit.held(at));
    }

    @Test
    void hasItsTables() {
        store.verifySchema();
    }

    @Nested
    class Requests {

        @Test
        void comeBackAsTheyWereKept() {
            LimitRequest request = request("r1", "ada", NOW);
            file(request);

            assertThat(store.<Optional<LimitRequest>>transact(unit -> unit.find("r1")))
                    .contains(request);
            assertThat(store.<Optional<LimitRequest>>transact(unit -> unit.waiting("ada", "account")))
                    .contains(request);
            assertThat(store.<Optional<LimitRequest>>transact(unit -> unit.find("r2")))
                    .isEmpty();
        }

        @Test
        void waitOneAtATimeForAnAccountAndALimit() {
            assertThat(file(request("r1", "ada", NOW))).isTrue();
            assertThat(file(request("r2", "ada", NOW))).isFalse();
            assertThat(file(request("r3", "bob", NOW))).isTrue();

            assertThat(store.<Long>transact(HigherLimitUnit::waiting)).isEqualTo(2);
        }

        @Test
        void goOnAfterOneThatWasNotKept() {
            file(request("r1", "ada", NOW));

            boolean next = store.transact(
                    unit -> !unit.file(request("r2", "ada", NOW)) && unit.file(request("r3", "eve", NOW)));

            assertThat(next).isTrue();
            assertThat(store.<Optional<LimitRequest>>transact(unit -> unit.find("r3")))
                    .isPresent();
        }

        @Test
        void mayBeMadeAgainOnceAnswered() {
            file(request("r1", "ada", NOW));
            answer("r1", refused(NOW));

            assertThat(file(request("r2", "ada", NOW))).isTrue();
        }

        @Test
        void areAnsweredOnce() {
            file(request("r1", "ada", NOW));

            assertThat(answer("r1", granted("ada", NOW))).isTrue();
            assertThat(answer("r1", refused(NOW))).isFalse();
            assertThat(answer("r2", refused(NOW))).isFalse();
            assertThat(store.<Optional<LimitRequest>>transact(unit -> unit.find("r1")))
                    .contains(request("r1", "ada", NOW).answered(granted("ada", NOW)));
        }

        @Test
        void keepARefusalAsOne() {
            file(request("r1", "ada", NOW));
            answer("r1", refused(NOW));

            assertThat(store.<Optional<LimitRequest>>transact(unit -> unit.find("r1")))
                    .map(LimitRequest::status)
                    .contains(LimitRequest.Status.REFUSED);
        }

        @Test
        void areListedWaitingOnesFirst() {
            file(request("old", "a", NOW));
            file(request("new", "b", NOW.plusSeconds(9)));
            file(request("done-early", "c", NOW));
            file(request("done-late", "d", NOW));
            answer("done-early", refused(NOW.plusSeconds(1)));
            answer("done-late", refused(NOW.plusSeconds(2)));

            assertThat(store.<List<LimitRequest>>transact(unit -> unit.requests(10)))
                    .extracting(LimitRequest::id)
                    .containsExactly("old", "new", "done-late", "done-early");
            assertThat(store.<List<LimitRequest>>transact(unit -> unit.requests(1)))
                    .hasSize(1);
        }

        @Test
        void areForgottenOnlyWhenAnsweredLongAgo() {
            file(request("waits", "a", NOW));
            file(request("done", "b", NOW));
            answer("done", refused(NOW));

            assertThat(store.<Integer>transact(unit -> unit.forget(NOW))).isZero();
            assertThat(store.<Integer>transact(unit -> unit.forget(NOW.plusSeconds(1))))
                    .isEqualTo(1);
            assertThat(store.<Optional<LimitRequest>>transact(unit -> unit.find("waits")))
                    .isPresent();
        }
    }

    @Nested
    class Grants {

        @Test
        void areFoundAndReplaced() {
            put(grant("ada", 400));
            put(grant("ada", 600));

            assertThat(store.<Optional<LimitGrant>>transact(unit -> unit.grant("ada", "account")))
                    .contains(grant("ada", 600));
            assertThat(store.<Optional<LimitGrant>>transact(unit -> unit.grant("ada", "other")))
                    .isEmpty();
            assertThat(held(NOW)).isEqualTo(1);
            assertThat(held(LATER)).isZero();
        }

        @Test
        void areReadFromTheLastKnownChangeOn() {
            assertThat(store.<Long>transact(HigherLimitUnit::version)).isZero();
            put(grant("ada", 400));
            put(grant("bob", 400));
            long known = store.transact(HigherLimitUnit::version);
            put(grant("ada", 600));

            assertThat(after(known).grants()).containsExactly(grant("ada", 600));
            assertThat(after(known).version()).isEqualTo(store.<Long>transact(HigherLimitUnit::version));
            assertThat(after(0).grants()).containsExactly(grant("bob", 400), grant("ada", 600));
            assertThat(after(99)).isEqualTo(new GrantChanges(99, List.of()));
        }

        @Test
        void areForgottenWhenTheyEndedLongAgo() {
            put(grant("ada", 400));

            assertThat(store.<Integer>transact(unit -> unit.forget(LATER))).isZero();
            assertThat(store.<Integer>transact(unit -> unit.forget(LATER.plusSeconds(1))))
                    .isEqualTo(1);
        }
    }

    @Nested
    class Transactions {

        @Test
        void keepNothingOfWorkThatThrows() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> store.transact(unit -> {
                        unit.file(request("r1", "ada", NOW));
                        unit.put(grant("ada", 400));
                        throw new IllegalStateException("broken");
                    }));

            assertThat(store.<Optional<LimitRequest>>transact(unit -> unit.find("r1")))
                    .isEmpty();
            assertThat(after(0)).isEqualTo(new GrantChanges(0, List.of()));
        }

        @Test
        void keepNothingOfARehearsal() {
            boolean seen = store.rehearse(unit -> {
                unit.put(grant("ada", 400));
                return unit.grant("ada", "account").isPresent();
            });

            assertThat(seen).isTrue();
            assertThat(after(0).grants()).isEmpty();
        }
    }

    @Nested
    class UnderContention {

        private static final int THREADS = 8;

        @Test
        void oneOfManyAnswersStands() {
            file(request("r1", "ada", NOW));

            assertThat(together(() -> answer("r1", refused(NOW)))).containsOnlyOnce(true);
        }

        @Test
        void oneOfManyRequestsWaits() {
            List<Boolean> kept =
                    together(() -> file(request("r" + Thread.currentThread().getId(), "ada", NOW)));

            assertThat(kept).containsOnlyOnce(true);
        }

        @Test
        void everyChangeIsSeenByWhoReadsOnFromTheLast() {
            for (int round = 0; round < 5; round++) {
                long known = store.transact(HigherLimitUnit::version);
                together(() -> {
                    put(grant("a" + Thread.currentThread().getId(), 400));
                    return true;
                });
                assertThat(after(known).grants()).hasSize(THREADS);
            }
            assertThat(store.<Long>transact(HigherLimitUnit::version)).isEqualTo(5 * THREADS);
        }

        private List<Boolean> together(Callable<Boolean> attempt) {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            ExecutorService pool = Executors.newFixedThreadPool(THREADS);
            try {
                List<Future<Boolean>> futures = IntStream.range(0, THREADS)
                        .mapToObj(i -> pool.submit(() -> {
                            start.await();
                            return attempt.call();
                        }))
                        .toList();
                return futures.stream().map(this::result).toList();
            } finally {
                pool.shutdownNow();
            }
        }

        private boolean result(Future<Boolean> future) {
            try {
                return future.get();
            } catch (Exception e) {
                throw new AssertionError("a racer failed", e);
            }
        }
    }
}
