// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

/**
 * Who orders.
 *
 * @param account the account's opaque ID
 * @param email where the receipt goes
 */
public record Customer(String account, String email) {}
