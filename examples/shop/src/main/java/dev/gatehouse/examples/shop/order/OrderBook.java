// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.examples.shop.mail.Mail;
import dev.gatehouse.jdbc.Tx;
import dev.gatehouse.resilience.queue.JobQueue;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** What must happen together when an order is opened and when it is settled, in the caller's transaction. */
final class OrderBook {

    /** Longer than the request that opens an order takes to charge it itself. */
    static final Duration CHARGE_AFTER = Duration.ofSeconds(5);

    private final OrderStore orders;
    private final JobQueue queue;
    private final AuditSink audit;

    OrderBook(OrderStore orders, JobQueue queue, AuditSink audit) {
        this.orders = orders;
        this.queue = queue;
        this.audit = audit;
    }

    /** Opens a pending order, and sees to it that it is charged whatever becomes of this process. */
    void open(Tx tx, Order order, String email) {
        orders.insert(tx, order);
        queue.enqueue(tx, new PendingCharge(order.id(), email).job().delay(CHARGE_AFTER));
        record(tx, "order.created", order, AuditEvent.Outcome.SUCCESS);
    }

    /** Writes down what the provider said; nothing changes when somebody else was faster, or when it is not known. */
    void settle(Tx tx, Order order, String email, Payments.Charge charge) {
        if (charge == Payments.Charge.CHARGED && orders.settle(tx, order.id(), OrderState.PAID)) {
            queue.enqueue(tx, receipt(order, email).job());
            record(tx, "order.paid", order, AuditEvent.Outcome.SUCCESS);
        } else if (charge == Payments.Charge.DECLINED && orders.settle(tx, order.id(), OrderState.DECLINED)) {
            record(tx, "order.declined", order, AuditEvent.Outcome.FAILURE);
        }
    }

    /** Takes back the job of charging an order, once the request that opened it knows what came of it. */
    void nothingLeftToCharge(Tx tx, Order order) {
        queue.cancel(tx, PendingCharge.KIND, order.id());
    }

    private void record(Tx tx, String action, Order order, AuditEvent.Outcome outcome) {
        Map<String, String> details = Map.of("order", order.id(), "total", Long.toString(order.total()));
        audit.append(tx, new AuditEvent(action, Actor.account(order.account()), order.account(), outcome, details));
    }

    private static Mail receipt(Order order, String email) {
        String total = String.format(Locale.ROOT, "%d.%02d", order.total() / 100, order.total() % 100);
        return Mail.of(
                "receipt-" + order.id(),
                email,
                "Your order at the Corner Shop",
                "Thank you. Your order " + order.id() + " of " + total + " " + order.currency() + " is paid.");
    }
}
