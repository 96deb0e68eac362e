// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

import java.util.Arrays;

/** What became of an order. Only a pending one changes, and only once. */
public enum OrderState {
    /** Accepted and durable; the payment provider has not confirmed yet. */
    PAYMENT_PENDING("payment-pending"),
    /** Paid. */
    PAID("paid"),
    /** The payment provider said no. */
    DECLINED("declined");

    private final String word;

    OrderState(String word) {
        this.word = word;
    }

    /** The word used in the interface and in the database. */
    public String word() {
        return word;
    }

    static OrderState of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("order: unknown state '" + word + "'"));
    }
}
