// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.outbox;

/**
 * Something to be done after the commit.
 *
 * @param kind which delivery does it: {@code mail}, {@code charge}
 * @param id unique within its kind, and the idempotency key towards the provider
 * @param payload what the delivery needs, at most 16,000 characters
 * @param attempts how often it was tried
 */
public record OutboxMessage(String kind, String id, String payload, int attempts) {

    /** A message that was never tried. */
    public static OutboxMessage of(String kind, String id, String payload) {
        return new OutboxMessage(kind, id, payload, 0);
    }
}
