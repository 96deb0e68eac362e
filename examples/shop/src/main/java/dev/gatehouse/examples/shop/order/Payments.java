// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

/** The payment provider, as the shop sees it. Asking twice for the same order charges once. Thread-safe. */
@FunctionalInterface
public interface Payments {

    /** Charges the order's total to its card, within two and a half seconds; never throws. */
    Charge charge(Order order);

    /** What the provider said. */
    enum Charge {
        /** The money is ours. */
        CHARGED,
        /** The card's issuer refuses; asking again changes nothing. */
        DECLINED,
        /** It is not known whether the money is ours; ask again. */
        UNAVAILABLE
    }
}
