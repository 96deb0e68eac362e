// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.examples.shop.catalogue.Catalogue;
import dev.gatehouse.jdbc.Transactions;
import dev.gatehouse.resilience.queue.JobQueue;
import dev.gatehouse.resilience.queue.JobResult;
import dev.gatehouse.resilience.queue.JobRun;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Places orders. The order, its claim on the client's key, the work of charging it and its audit event are one
 * transaction, committed before the provider is asked: whatever dies when, an order that was answered exists, and the
 * queue charges it if this request did not. The order's ID is the idempotency key at the provider, so it is charged
 * once however often it is asked. Thread-safe.
 */
public final class Checkout {

    /** The kind of job that {@link #charge} does. */
    public static final String CHARGE = PendingCharge.KIND;

    private static final Logger LOG = LoggerFactory.getLogger(Checkout.class);
    private static final String UNIQUE_VIOLATION = "23505";

    private final DataSource source;
    private final OrderStore orders;
    private final OrderBook book;
    private final IdempotencyStore keys;
    private final Payments payments;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** Places orders in {@code source} and has them paid by {@code payments}. */
    public Checkout(DataSource source, JobQueue queue, AuditSink audit, Payments payments, InstantSource clock) {
        this.source = source;
        this.orders = new OrderStore(source);
        this.book = new OrderBook(orders, queue, audit);
        this.keys = new IdempotencyStore(source, clock);
        this.payments = payments;
        this.clock = clock;
    }

    /** Places what {@code basket} holds for {@code customer}; durable when it returns. */
    public Placement place(Customer customer, Basket basket, Optional<RequestKey> key) throws SQLException {
        Order order = order(customer, basket);
        try {
            open(order, customer, key);
        } catch (JdbiException e) {
            if (key.isPresent() && isTaken(e)) {
                return earlier(customer.account(), key.get());
            }
            throw e;
        }
        return pay(order, customer, key);
    }

    private Order order(Customer customer, Basket basket) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        return new Order(
                HexFormat.of().formatHex(id),
                customer.account(),
                OrderState.PAYMENT_PENDING,
                basket.card(),
                basket.total(),
                Catalogue.CURRENCY,
                clock.instant(),
                basket.lines());
    }

    private void open(Order order, Customer customer, Optional<RequestKey> key) throws SQLException {
        Transactions.call(source, tx -> {
            key.ifPresent(value -> keys.claim(tx, order.account(), value, order.id()));
            book.open(tx, order, customer.email());
            return order;
        });
    }

    private static boolean isTaken(JdbiException e) {
        return e.getCause() instanceof SQLException cause && UNIQUE_VIOLATION.equals(cause.getSQLState());
    }

    private Placement pay(Order order, Customer customer, Optional<RequestKey> key) {
        Payments.Charge charge = payments.charge(order);
        try {
            return new Placement.Placed(order.id(), settle(order, customer.email(), charge, key));
        } catch (SQLException | JdbiException e) {
            LOG.warn("order {}: what the provider said ({}) is not written down yet", order.id(), charge, e);
            return new Placement.Placed(order.id(), OrderState.PAYMENT_PENDING);
        }
    }

    private OrderState settle(Order order, String email, Payments.Charge charge, Optional<RequestKey> key)
            throws SQLException {
        return Transactions.call(source, tx -> {
            book.settle(tx, order, email, charge);
            OrderState state = orders.state(tx, order.id());
            if (state != OrderState.PAYMENT_PENDING) {
                book.nothingLeftToCharge(tx, order);
            }
            key.ifPresent(value -> keys.answered(tx, order.account(), value, state));
            return state;
        });
    }

    /** What became of the earlier request with this key. */
    private Placement earlier(String account, RequestKey key) {
        IdempotencyStore.Claim claim = keys.find(account, key).orElse(null);
        if (claim == null) {
            return new Placement.StillRunning();
        }
        if (!claim.bodyHash().equals(key.bodyHash())) {
            return new Placement.KeyReused();
        }
        if (claim.answer().isEmpty() && claim.running()) {
            return new Placement.StillRunning();
        }
        OrderState state = claim.answer()
                .or(() -> orders.find(claim.order()).map(Order::state))
                .orElse(OrderState.PAYMENT_PENDING);
        return new Placement.Placed(claim.order(), state);
    }

    /** Charges a pending order on behalf of the queue. The provider knows the order's ID, and charges it once. */
    public JobResult charge(JobRun run) throws SQLException {
        PendingCharge pending = PendingCharge.from(run.payload());
        Order order = orders.find(pending.order()).orElse(null);
        if (order == null || order.state() != OrderState.PAYMENT_PENDING) {
            return JobResult.done();
        }
        Payments.Charge charge = payments.charge(order);
        if (charge == Payments.Charge.UNAVAILABLE) {
            return JobResult.later("the payment provider is unavailable");
        }
        Transactions.call(source, tx -> {
            book.settle(tx, order, pending.email(), charge);
            return order;
        });
        return JobResult.done();
    }

    /** Forgets keys older than 24 hours, at most 1,000 a call. */
    public int forgetExpiredKeys() {
        return keys.forgetExpired(1_000);
    }
}
