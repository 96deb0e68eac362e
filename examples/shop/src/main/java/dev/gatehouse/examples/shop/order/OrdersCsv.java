// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

import java.util.List;
import java.util.Locale;

/** Orders as CSV (RFC 4180), one row a line of an order. Every cell is the shop's own text, so none needs quoting. */
final class OrdersCsv {

    private static final String HEADER = "order,created_at,status,card,sku,quantity,price,currency\r\n";

    private OrdersCsv() {}

    static String of(List<Order> orders) {
        StringBuilder csv = new StringBuilder(HEADER);
        for (Order order : orders) {
            order.lines().forEach(line -> append(csv, order, line));
        }
        return csv.toString();
    }

    private static void append(StringBuilder csv, Order order, Order.Line line) {
        csv.append(order.id()).append(',').append(order.createdAt()).append(',');
        csv.append(order.state().word()).append(',').append(order.card()).append(',');
        csv.append(line.sku()).append(',').append(line.quantity()).append(',');
        csv.append(String.format(Locale.ROOT, "%d.%02d", line.price() / 100, line.price() % 100));
        csv.append(',').append(order.currency()).append("\r\n");
    }
}
