// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

/** How placing an order ended. */
public sealed interface Placement {

    /**
     * There is an order, by this request or by an earlier one with the same key.
     *
     * @param order its ID
     * @param state what the first answer said of it
     */
    record Placed(String order, OrderState state) implements Placement {}

    /** The key was used before, with another body. */
    record KeyReused() implements Placement {}

    /** The first request with this key is still running. */
    record StillRunning() implements Placement {}
}
