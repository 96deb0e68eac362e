// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.outbox;

/** Does what a message asks for. It may be asked more than once for the same message and must bear that. */
@FunctionalInterface
public interface Delivery {

    /** Tries it once; what it throws counts as {@link Result#LATER}. */
    Result deliver(OutboxMessage message) throws Exception;

    /** How it went. */
    enum Result {
        /** It is done; the message is forgotten. */
        DONE,
        /** It did not work; it is tried again after a pause. */
        LATER
    }
}
