// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

import dev.gatehouse.backup.drill.DrillProbe;
import dev.gatehouse.backup.source.RestoredDatabase;
import dev.gatehouse.jdbc.Tx;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;

/** Whether the shop works on a restored database: an order is placed, paid and read back, without any provider. */
public final class RestoreProbe implements DrillProbe {

    private static final Order ORDER = new Order(
            "restore-probe",
            "restore-probe",
            OrderState.PAYMENT_PENDING,
            "visa",
            100,
            "EUR",
            Instant.EPOCH,
            List.of(new Order.Line("green-tea", 1, 100)));

    private final OrderStore orders;

    /** Probes with the shop's own {@code orders}. */
    public RestoreProbe(OrderStore orders) {
        this.orders = orders;
    }

    @Override
    public Result examine(RestoredDatabase database) throws Exception {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            Tx tx = new Tx(connection);
            orders.insert(tx, ORDER);
            boolean paid =
                    orders.settle(tx, ORDER.id(), OrderState.PAID) && orders.state(tx, ORDER.id()) == OrderState.PAID;
            connection.rollback();
            return paid
                    ? new Result.Passed("an order was placed, paid and read back")
                    : new Result.Failed("an order that was paid does not read back as paid");
        }
    }
}
