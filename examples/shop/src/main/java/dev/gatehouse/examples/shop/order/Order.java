// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

import dev.gatehouse.json.JsonWriter;
import java.time.Instant;
import java.util.List;

/**
 * An order. Immutable.
 *
 * @param id opaque, and the idempotency key towards the payment provider
 * @param account whose it is
 * @param state what became of it
 * @param card {@code visa} or {@code mastercard}
 * @param total in cents
 * @param currency an ISO 4217 code
 * @param createdAt when it was placed
 * @param lines what was ordered
 */
public record Order(
        String id,
        String account,
        OrderState state,
        String card,
        long total,
        String currency,
        Instant createdAt,
        List<Line> lines) {

    /** Freezes the lines. */
    public Order {
        lines = List.copyOf(lines);
    }

    /**
     * One line of an order.
     *
     * @param sku what
     * @param quantity how many, 1 to 99
     * @param price of one, in cents, at the time of the order
     */
    public record Line(String sku, int quantity, long price) {}

    Order in(OrderState newState) {
        return new Order(id, account, newState, card, total, currency, createdAt, lines);
    }

    Order of(List<Line> newLines) {
        return new Order(id, account, state, card, total, currency, createdAt, newLines);
    }

    /** Writes it as one JSON object. */
    public void writeTo(JsonWriter json) {
        json.beginObject()
                .field("id", id)
                .field("status", state.word())
                .field("card", card)
                .field("total", total)
                .field("currency", currency)
                .field("createdAt", createdAt)
                .name("items")
                .beginArray();
        for (Line line : lines) {
            json.beginObject()
                    .field("sku", line.sku)
                    .field("quantity", line.quantity)
                    .field("price", line.price)
                    .endObject();
        }
        json.endArray().endObject();
    }
}
