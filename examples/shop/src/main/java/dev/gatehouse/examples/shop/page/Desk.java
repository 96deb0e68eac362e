// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.examples.shop.account.MailLimit;
import dev.gatehouse.ratelimit.RateLimits;
import dev.gatehouse.ratelimit.higher.HigherLimits;

/**
 * What the pages of an account need of the shop.
 *
 * @param auth knows accounts
 * @param mailLimit bounds what one address is sent
 * @param limits knows what an account may still do
 * @param higher takes requests for more
 */
public record Desk(Auth auth, MailLimit mailLimit, RateLimits limits, HigherLimits higher) {}
