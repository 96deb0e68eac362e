// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

/**
 * Who acts in a session that is another account's. Immutable.
 *
 * @param account the opaque ID of the account that acts
 * @param email its address, for the banner that says so on every page
 * @param session the public ID of its own session, with which the other one ends
 */
public record Impersonator(String account, String email, String session) {}
