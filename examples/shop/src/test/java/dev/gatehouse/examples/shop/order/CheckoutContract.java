// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.examples.shop.mail.Mail;
import dev.gatehouse.resilience.queue.JobQueue;
import dev.gatehouse.resilience.queue.JobResult;
import dev.gatehouse.resilience.queue.JobRun;
import dev.gatehouse.testing.ManualTime;
import dev.gatehouse.testing.RecordingAuditSink;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What placing orders promises, whatever the database. */
abstract class CheckoutContract {

    private static final Customer ANN = new Customer("ann", "ann@example.org");
    private static final Basket TEA = new Basket(List.of(new Order.Line("green-tea", 2, 980)), "visa");

    private final ManualTime time = new ManualTime();
    private final RecordingAuditSink audit = new RecordingAuditSink();
    private final List<String> charged = new ArrayList<>();
    private Payments payments = this::accept;
    private DataSource source;
    private OrderStore orders;
    private JobQueue queue;
    private Checkout checkout;

    /** A migrated database without a row in it. */
    abstract DataSource database();

    @BeforeEach
    void open() {
        source = database();
        orders = new OrderStore(source);
        queue = JobQueue.builder(source)
                .enqueues(Checkout.CHARGE, Mail.KIND)
                .clock(time)
                .build();
        checkout = new Checkout(source, queue, audit, order -> payments.charge(order), time);
    }

    private synchronized Payments.Charge accept(Order order) {
        charged.add(order.id());
        return Payments.Charge.CHARGED;
    }

    private static Optional<RequestKey> key(String key, String body) {
        return Optional.of(RequestKey.of(key, body.getBytes(StandardCharsets.UTF_8)));
    }

    private Placement place(Optional<RequestKey> key) throws SQLException {
        return checkout.place(ANN, TEA, key);
    }

    private long waiting(String kind) {
        return Jdbi.create(source)
                .withHandle(
                        handle -> handle.createQuery("SELECT count(*) FROM gatehouse_queue_job WHERE task_name = :kind")
                                .bind("kind", kind)
                                .mapTo(Long.class)
                                .one());
    }

    private static JobRun chargeOf(String order) {
        return new JobRun(
                "key",
                1,
                Instant.EPOCH,
                Deadline.after(Duration.ofSeconds(10)),
                new PendingCharge(order, ANN.email()).job().payload());
    }

    private static Placement.Placed placed(Placement placement) {
        assertThat(placement).isInstanceOf(Placement.Placed.class);
        return (Placement.Placed) placement;
    }

    @Nested
    class WithoutAKey {

        @Test
        void aPaidOrderIsKeptWithItsReceiptAndNothingLeftToCharge() throws SQLException {
            Placement.Placed placed = placed(place(Optional.empty()));

            assertThat(placed.state()).isEqualTo(OrderState.PAID);
            assertThat(charged).containsExactly(placed.order());
            Order order = orders.find("ann", placed.order()).orElseThrow();
            assertThat(order.total()).isEqualTo(1960);
            assertThat(order.lines()).isEqualTo(TEA.lines());
            assertThat(order.createdAt()).isEqualTo(time.instant());
            assertThat(waiting(Checkout.CHARGE)).isZero();
            assertThat(waiting(Mail.KIND)).isEqualTo(1);
            assertThat(audit.actions()).containsExactly("order.created", "order.paid");
        }

        @Test
        void theOrderIsDurableBeforeTheProviderIsAsked() throws SQLException {
            payments = order -> {
                assertThat(orders.find("ann", order.id())).isPresent();
                assertThat(waiting(Checkout.CHARGE)).isEqualTo(1);
                return Payments.Charge.CHARGED;
            };

            assertThat(placed(place(Optional.empty())).state()).isEqualTo(OrderState.PAID);
        }

        @Test
        void aDeclinedOrderIsNotChargedAgain() throws SQLException {
            payments = order -> Payments.Charge.DECLINED;

            assertThat(placed(place(Optional.empty())).state()).isEqualTo(OrderState.DECLINED);

            assertThat(waiting(Checkout.CHARGE)).isZero();
            assertThat(waiting(Mail.KIND)).isZero();
        }

        @Test
        void anotherAccountDoesNotSeeIt() throws SQLException {
            String id = placed(place(Optional.empty())).order();

            assertThat(orders.find("bob", id)).isEmpty();
            assertThat(orders.newest("bob", 10)).isEmpty();
            assertThat(orders.newest("ann", 10)).extracting(Order::id).containsExactly(id);
        }

        @Test
        void nothingIsKeptOfAnOrderWhoseAuditEventCannotBeWritten() {
            Checkout broken = new Checkout(source, queue, new FailingAuditSink(), this::never, time);

            assertThatThrownBy(() -> broken.place(ANN, TEA, Optional.empty())).hasMessage("no audit");

            assertThat(orders.newest("ann", 10)).isEmpty();
            assertThat(waiting(Checkout.CHARGE)).isZero();
        }

        private Payments.Charge never(Order order) {
            throw new AssertionError("charged " + order.id());
        }
    }

    @Nested
    class WhenPaymentsAreDown {

        @Test
        void theOrderIsPendingAndTheQueuePaysItOnce() throws SQLException {
            payments = order -> Payments.Charge.UNAVAILABLE;
            Placement.Placed placed = placed(place(Optional.empty()));
            assertThat(placed.state()).isEqualTo(OrderState.PAYMENT_PENDING);
            assertThat(checkout.charge(chargeOf(placed.order()))).isInstanceOf(JobResult.Later.class);

            payments = CheckoutContract.this::accept;
            assertThat(checkout.charge(chargeOf(placed.order()))).isEqualTo(JobResult.done());
            assertThat(checkout.charge(chargeOf(placed.order()))).isEqualTo(JobResult.done());

            assertThat(charged).containsExactly(placed.order());
            assertThat(orders.find("ann", placed.order()).orElseThrow().state()).isEqualTo(OrderState.PAID);
            assertThat(waiting(Mail.KIND)).isEqualTo(1);
        }

        @Test
        void theQueueAndTheRequestTogetherSettleItOnce() throws SQLException {
            payments = order -> {
                try {
                    payments = CheckoutContract.this::accept;
                    assertThat(checkout.charge(chargeOf(order.id()))).isEqualTo(JobResult.done());
                    return Payments.Charge.DECLINED;
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            };

            assertThat(placed(place(Optional.empty())).state()).isEqualTo(OrderState.PAID);
            assertThat(audit.actions()).containsExactly("order.created", "order.paid");
            assertThat(waiting(Mail.KIND)).isEqualTo(1);
        }
    }

    @Nested
    class WithAKey {

        @Test
        void theSameBodyGivesTheSameOrder() throws SQLException {
            Placement first = place(key("k", "tea"));

            assertThat(place(key("k", "tea"))).isEqualTo(first);
            assertThat(charged).hasSize(1);
        }

        @Test
        void theFirstAnswerIsRepeatedEvenOnceTheOrderIsPaid() throws SQLException {
            payments = order -> Payments.Charge.UNAVAILABLE;
            Placement.Placed first = placed(place(key("k", "tea")));
            payments = CheckoutContract.this::accept;
            checkout.charge(chargeOf(first.order()));

            assertThat(place(key("k", "tea"))).isEqualTo(first);
        }

        @Test
        void anotherBodyIsRefused() throws SQLException {
            place(key("k", "tea"));

            assertThat(place(key("k", "coffee"))).isInstanceOf(Placement.KeyReused.class);
        }

        @Test
        void anotherAccountMayUseTheSameKey() throws SQLException {
            Placement.Placed first = placed(place(key("k", "tea")));

            Placement other = checkout.place(new Customer("bob", "bob@example.org"), TEA, key("k", "tea"));

            assertThat(placed(other).order()).isNotEqualTo(first.order());
        }

        @Test
        void aRequestThatStillRunsIsNotDoneTwice() throws SQLException {
            payments = order -> {
                try {
                    assertThat(place(key("k", "tea"))).isInstanceOf(Placement.StillRunning.class);
                    return Payments.Charge.CHARGED;
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            };

            assertThat(placed(place(key("k", "tea"))).state()).isEqualTo(OrderState.PAID);
        }

        @Test
        void aRequestWhoseProcessDiedIsAnsweredFromItsOrder() throws SQLException {
            payments = order -> {
                throw new IllegalStateException("died");
            };
            assertThatThrownBy(() -> place(key("k", "tea"))).hasMessage("died");
            payments = CheckoutContract.this::accept;
            assertThat(place(key("k", "tea"))).isInstanceOf(Placement.StillRunning.class);

            time.advance(IdempotencyStore.LONGEST_RUN);

            assertThat(placed(place(key("k", "tea"))).state()).isEqualTo(OrderState.PAYMENT_PENDING);
            assertThat(orders.newest("ann", 10)).hasSize(1);
        }

        @Test
        void itIsForgottenAfterADay() throws SQLException {
            Placement.Placed first = placed(place(key("k", "tea")));
            time.advance(IdempotencyStore.KEPT.minusSeconds(1));
            assertThat(place(key("k", "tea"))).isEqualTo(first);
            assertThat(checkout.forgetExpiredKeys()).isZero();

            time.advance(Duration.ofSeconds(1));

            assertThat(placed(place(key("k", "coffee"))).order()).isNotEqualTo(first.order());
            time.advance(IdempotencyStore.KEPT);
            assertThat(checkout.forgetExpiredKeys()).isEqualTo(1);
        }

        @Test
        void manyAtOncePlaceOneOrder() throws Exception {
            int clients = 8;
            CountDownLatch start = new CountDownLatch(1);
            ExecutorService threads = Executors.newFixedThreadPool(clients);
            try {
                List<Future<Placement>> answers = new ArrayList<>();
                Callable<Placement> order = () -> {
                    start.await();
                    return place(key("k", "tea"));
                };
                for (int i = 0; i < clients; i++) {
                    answers.add(threads.submit(order));
                }
                start.countDown();
                for (Future<Placement> answer : answers) {
                    assertThat(answer.get(20, TimeUnit.SECONDS)).isNotInstanceOf(Placement.KeyReused.class);
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(charged).hasSize(1);
            assertThat(orders.newest("ann", 10)).hasSize(1);
        }
    }
}
