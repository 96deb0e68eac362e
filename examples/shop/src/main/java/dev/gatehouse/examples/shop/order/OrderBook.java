// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.examples.shop.outbox.Mail;
import dev.gatehouse.examples.shop.outbox.Outbox;
import dev.gatehouse.examples.shop.outbox.OutboxMessage;
import dev.gatehouse.jdbc.Tx;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** What must happen together when an order is opened and when it is settled, in the caller's transaction. */
final class OrderBook {

    /** The kind of outbox message that charges an order: its ID is the order's, its payload the customer's address. */
    static final String CHARGE = "charge";

    /** Longer than the request that opens an order takes to charge it itself. */
    static final Duration CHARGE_AFTER = Duration.ofSeconds(5);

    private final OrderStore orders;
    private final Outbox outbox;
    private final AuditSink audit;

    OrderBook(OrderStore orders, Outbox outbox, AuditSink audit) {
        this.orders = orders;
        this.outbox = outbox;
        this.audit = audit;
    }

    /** Opens a pending order, and sees to it that it is charged whatever becomes of this process. */
    void open(Tx tx, Order order, String email) {
        orders.insert(tx, order);
        outbox.add(tx, OutboxMessage.of(CHARGE, order.id(), email), CHARGE_AFTER);
        record(tx, "order.created", order, AuditEvent.Outcome.SUCCESS);
    }

    /** Writes down what the provider said; nothing changes when somebody else was faster, or when it is not known. */
    void settle(Tx tx, Order order, String email, Payments.Charge charge) {
        if (charge == Payments.Charge.CHARGED && finish(tx, order, OrderState.PAID)) {
            outbox.add(tx, receipt(order, email).message(), Duration.ZERO);
            record(tx, "order.paid", order, AuditEvent.Outcome.SUCCESS);
        } else if (charge == Payments.Charge.DECLINED && finish(tx, order, OrderState.DECLINED)) {
            record(tx, "order.declined", order, AuditEvent.Outcome.FAILURE);
        }
    }

    private boolean finish(Tx tx, Order order, OrderState state) {
        outbox.remove(tx, CHARGE, order.id());
        return orders.settle(tx, order.id(), state);
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
