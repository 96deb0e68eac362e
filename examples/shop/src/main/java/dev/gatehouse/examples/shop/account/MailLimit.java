// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.account;

/** How many mails one address may be sent on a stranger's request. */
@FunctionalInterface
public interface MailLimit {

    /** Counts one for {@code email}, known or not; ends the request with 429 when it had enough. */
    void take(String email);
}
