// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

import java.util.function.BooleanSupplier;

/**
 * Payments that somebody may turn off: then nobody is charged, orders wait, and are charged when they are on again.
 *
 * @param payments charges while they are on
 * @param isOff whether they are off
 */
public record SwitchedPayments(Payments payments, BooleanSupplier isOff) implements Payments {

    @Override
    public Charge charge(Order order) {
        return isOff.getAsBoolean() ? Charge.UNAVAILABLE : payments.charge(order);
    }
}
