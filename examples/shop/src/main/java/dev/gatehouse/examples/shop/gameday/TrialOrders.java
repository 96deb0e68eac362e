// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.gameday;

import dev.gatehouse.examples.shop.order.Basket;
import dev.gatehouse.examples.shop.order.Checkout;
import dev.gatehouse.examples.shop.order.Customer;
import dev.gatehouse.examples.shop.order.Order;
import dev.gatehouse.examples.shop.order.OrderState;
import dev.gatehouse.examples.shop.order.OrderStore;
import dev.gatehouse.examples.shop.order.Placement;
import dev.gatehouse.resilience.gameday.Reading;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jdbi.v3.core.JdbiException;

/** Orders that a game day places, as a customer of its own. */
public final class TrialOrders {

    private static final Customer CUSTOMER = new Customer("game-day", "game-day@corner-shop.invalid");
    private static final long LONGEST_MILLIS = 3_000;

    private final Checkout checkout;
    private final OrderStore orders;
    private final Queue<String> pending = new ConcurrentLinkedQueue<>();

    /** Orders placed with {@code checkout} and looked up in {@code orders}. */
    public TrialOrders(Checkout checkout, OrderStore orders) {
        this.checkout = checkout;
        this.orders = orders;
    }

    Reading isPaid() throws SQLException {
        return placed(OrderState.PAID);
    }

    Reading isTaken() throws SQLException {
        return placed(OrderState.PAYMENT_PENDING);
    }

    private Reading placed(OrderState wanted) throws SQLException {
        long from = System.nanoTime();
        Placement placement = place();
        long millis = millisSince(from);
        if (!(placement instanceof Placement.Placed placed)) {
            return Reading.bad(placement.toString());
        }
        if (placed.state() == OrderState.PAYMENT_PENDING) {
            pending.add(placed.order());
        }
        return new Reading(
                placed.state() == wanted && millis < LONGEST_MILLIS,
                placed.state().word() + " after " + millis + " ms");
    }

    private Placement place() throws SQLException {
        return checkout.place(CUSTOMER, new Basket(List.of(new Order.Line("honey", 1, 850)), "visa"), Optional.empty());
    }

    Reading isRefused() {
        long from = System.nanoTime();
        try {
            return Reading.bad(place().toString());
        } catch (SQLException | JdbiException e) {
            long millis = millisSince(from);
            return new Reading(millis < LONGEST_MILLIS, "refused after " + millis + " ms");
        }
    }

    Reading areAllPaid() {
        int before = pending.size();
        pending.removeIf(id -> orders.find(CUSTOMER.account(), id)
                .filter(order -> order.state() == OrderState.PAID)
                .isPresent());
        return new Reading(pending.isEmpty(), pending.size() + " of " + before + " are pending");
    }

    static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }
}
