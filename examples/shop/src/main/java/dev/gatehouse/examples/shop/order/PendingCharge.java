// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

import dev.gatehouse.resilience.queue.Job;
import dev.gatehouse.resilience.queue.Payload;

/**
 * The work of charging an order that its own request did not.
 *
 * @param order the order's ID, which is also the key under which there is one such job
 * @param email the customer's address, for the receipt
 */
record PendingCharge(String order, String email) {

    static final String KIND = "charge";

    /** The order's ID, a blank, the address. */
    Job job() {
        return Job.of(KIND, Payload.text(order + " " + email)).dedup(order);
    }

    static PendingCharge from(Payload payload) {
        String text = payload.text();
        int blank = text.indexOf(' ');
        return new PendingCharge(text.substring(0, blank), text.substring(blank + 1));
    }
}
