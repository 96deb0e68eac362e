// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

import java.util.List;

/**
 * What is to be ordered, already checked and priced.
 *
 * @param lines at least one, each of another SKU
 * @param card {@code visa} or {@code mastercard}
 */
public record Basket(List<Order.Line> lines, String card) {

    /** Freezes the lines. */
    public Basket {
        lines = List.copyOf(lines);
    }

    long total() {
        return lines.stream().mapToLong(line -> line.price() * line.quantity()).sum();
    }
}
